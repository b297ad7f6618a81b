import type { LambdaClient } from '@aws-sdk/client-lambda';
import pThrottle from 'p-throttle';

/**
 * Lambda takes 15 control-plane calls a second of a whole region, and CloudFormation, which deploys meanwhile, is one of
 * those that call. (AWS Lambda quotas.)
 */
const callsASecond = 10;

/** Of all clients of this process together; one that is told to slow down tries again, and waits for its turn again. */
const turn = pThrottle({ limit: callsASecond, interval: 1000, strict: true })(() => Promise.resolve());

/** Has every call of a client, and every repetition, wait for its turn. Invocations are no control-plane calls. */
export function limitCalls(client: LambdaClient): LambdaClient {
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        if (commandName !== 'InvokeCommand') await turn();
        return await next(args);
      },
    { step: 'finalizeRequest', name: 'limitCalls', priority: 'low' },
  );
  return client;
}
