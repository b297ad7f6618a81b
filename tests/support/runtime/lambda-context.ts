import type { Context } from 'aws-lambda';

/** A Lambda context with the given request id, without the callbacks of old that nothing here calls. */
export const lambdaContext = (awsRequestId = 'a3c1e1b0-5f1e-4f57-9d52-0f6f3c9a7b11'): Context => {
  const context: Omit<Context, 'done' | 'fail' | 'succeed'> = {
    awsRequestId,
    callbackWaitsForEmptyEventLoop: true,
    functionName: 'aviary-users-test',
    functionVersion: '7',
    invokedFunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:aviary-users-test:live',
    memoryLimitInMB: '256',
    logGroupName: '/aws/lambda/aviary-users-test',
    logStreamName: '2025/06/01/[7]0123456789abcdef',
    getRemainingTimeInMillis: () => 30_000,
  };
  return context as Context;
};
