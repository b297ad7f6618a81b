import type { LambdaClient } from '@aws-sdk/client-lambda';
import { Failure } from '../lib/failure.ts';
import { objectAt, parseJson, stringAt, type Json, type JsonObject } from '../lib/json.ts';
import { asking, lambdaClient, type Connection } from './connection.ts';
import { liveAlias } from './read-functions.ts';
import { readStack } from './read-stack.ts';

/** What a function answered. */
interface Answer {
  readonly answer: Json;
  /** Lambda's word for how it failed, such as `Unhandled`; undefined where it did not. */
  readonly functionError: string | undefined;
  /** Of the invocation, as its log has it; undefined where Lambda does not say it. */
  readonly requestId: string | undefined;
}

/** Invokes `live`, by the function's name in Lambda, and waits for its answer. @throws Failure as {@link asking} */
export async function invokeLive(
  connection: Connection,
  client: LambdaClient,
  FunctionName: string,
  event: Json,
): Promise<Answer> {
  const { InvokeCommand } = await import('@aws-sdk/client-lambda');
  const command = new InvokeCommand({
    FunctionName,
    Qualifier: liveAlias,
    Payload: Buffer.from(JSON.stringify(event)),
  });
  const { FunctionError, Payload, $metadata } = await asking(connection, client.send(command));
  const answer = parseJson(Payload?.transformToString() ?? 'null');
  return { answer, functionError: FunctionError, requestId: $metadata.requestId };
}

/** Calls a function of the stage behind its alias. @throws Failure where it is not deployed */
export async function functionCaller(
  connection: Connection,
  name: string,
): Promise<(event: JsonObject) => Promise<Json>> {
  const functions = [...((await readStack(connection))?.record?.functions.values() ?? [])];
  const found = functions.find((it) => it.name === name);
  const FunctionName = stringAt(objectAt(found?.block, 'Properties'), 'FunctionName');
  if (FunctionName === undefined)
    throw new Failure(`${name} is not deployed to ${connection.stage.name}.`, 'Deploy it first: npm run deploy.');
  const client = await lambdaClient(connection);

  return async (event) => {
    const { answer, functionError } = await invokeLive(connection, client, FunctionName, event);
    if (functionError === undefined) return answer;
    const message = stringAt(answer, 'errorMessage') ?? functionError;
    throw new Failure(`${name} failed: ${message}.`, `Its log has more: /aws/lambda/${FunctionName}.`);
  };
}
