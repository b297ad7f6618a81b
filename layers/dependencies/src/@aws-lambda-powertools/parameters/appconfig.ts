export { AppConfigProvider } from '@aws-lambda-powertools/parameters/appconfig';
