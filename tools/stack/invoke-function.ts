import { Failure } from '../lib/failure.ts';
import { objectAt, parseJson, stringAt, type Json, type JsonObject } from '../lib/json.ts';
import { asking, lambdaClient, type Connection } from './connection.ts';
import { liveAlias } from './read-functions.ts';
import { readStack } from './read-stack.ts';

/** Calls a function of the stage behind its alias. @throws Failure where it is not deployed */
export async function functionCaller(
  connection: Connection,
  name: string,
): Promise<(event: JsonObject) => Promise<Json>> {
  const { InvokeCommand } = await import('@aws-sdk/client-lambda');
  const functions = [...((await readStack(connection))?.record?.functions.values() ?? [])];
  const found = functions.find((it) => it.name === name);
  const FunctionName = stringAt(objectAt(found?.block, 'Properties'), 'FunctionName');
  if (FunctionName === undefined)
    throw new Failure(`${name} is not deployed to ${connection.stage.name}.`, 'Deploy it first: npm run deploy.');
  const client = await lambdaClient(connection);

  return async (event) => {
    const command = new InvokeCommand({
      FunctionName,
      Qualifier: liveAlias,
      Payload: Buffer.from(JSON.stringify(event)),
    });
    const { FunctionError, Payload } = await asking(connection, client.send(command));
    const answer = parseJson(Payload?.transformToString() ?? 'null');
    if (FunctionError === undefined) return answer;
    const message = stringAt(answer, 'errorMessage') ?? FunctionError;
    throw new Failure(`${name} failed: ${message}.`, `Its log has more: /aws/lambda/${FunctionName}.`);
  };
}
