export { unmarshall } from '@aws-sdk/util-dynamodb';
