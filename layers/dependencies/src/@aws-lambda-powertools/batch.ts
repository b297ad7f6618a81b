export { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
