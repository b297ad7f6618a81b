export { KinesisClient, PutRecordCommand } from '@aws-sdk/client-kinesis';
