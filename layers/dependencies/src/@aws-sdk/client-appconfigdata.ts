export { AppConfigDataClient } from '@aws-sdk/client-appconfigdata';
