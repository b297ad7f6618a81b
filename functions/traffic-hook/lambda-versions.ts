import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import type { InvokeVersion } from './dependencies.ts';
import { json } from './schema.ts';

/** So long a check may take, in milliseconds, a first start included: two of them fit into the hook's own 30 seconds. */
export const patience = 10_000;

/** Invokes versions by Lambda; one that does not answer in time is given up. */
export function lambdaVersions(client: Pick<LambdaClient, 'send'>): InvokeVersion {
  return async ({ functionName: FunctionName, version: Qualifier }, event) => {
    const command = new InvokeCommand({ FunctionName, Qualifier, Payload: Buffer.from(JSON.stringify(event)) });
    const { Payload, FunctionError } = await client.send(command, { abortSignal: AbortSignal.timeout(patience) });
    // Lambda answers with JSON, or with nothing.
    const answer = Payload?.length ? json.parse(JSON.parse(Buffer.from(Payload).toString())) : null;
    return { answer, failed: FunctionError !== undefined };
  };
}
