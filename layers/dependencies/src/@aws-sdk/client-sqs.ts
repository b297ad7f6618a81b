export { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
