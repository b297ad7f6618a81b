export { Metrics } from '@aws-lambda-powertools/metrics';
