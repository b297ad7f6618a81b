import { Failure } from '../lib/failure.ts';
import { isList, isObject, type JsonObject } from '../lib/json.ts';
import { lambdaClient, type Connection } from '../stack/connection.ts';
import { invokeLive } from '../stack/invoke-function.ts';
import { liveAlias } from '../stack/read-functions.ts';

/** Invokes `live` asynchronously, as the event came the first time. Resolves when Lambda has accepted it. */
export async function invokeAgain(connection: Connection, FunctionName: string, payload: string): Promise<void> {
  const { InvokeCommand } = await import('@aws-sdk/client-lambda');
  const client = await lambdaClient(connection);
  const { StatusCode } = await client.send(
    new InvokeCommand({
      FunctionName,
      Qualifier: liveAlias,
      InvocationType: 'Event',
      Payload: Buffer.from(payload),
    }),
  );
  if (StatusCode !== 202) throw new Error(`Lambda has not accepted the event: ${String(StatusCode)}`);
}

/**
 * Gives `live` a batch of its stream and waits for the answer, as Lambda does. What is still poison is parked once more.
 * @throws Failure where the function fails, or gives the record back
 */
export async function handleAgain(connection: Connection, FunctionName: string, batch: JsonObject): Promise<void> {
  const { answer, functionError } = await invokeLive(connection, await lambdaClient(connection), FunctionName, batch);
  const failures = isObject(answer) ? answer['batchItemFailures'] : undefined;
  if (functionError === undefined && isList(failures) && failures.length === 0) return;
  throw new Failure(
    `${FunctionName} failed on it again.`,
    'The message stays. See the log of the function, and mend it.',
    { exitCode: 1 },
  );
}
