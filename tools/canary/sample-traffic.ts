import type { LambdaClient } from '@aws-sdk/client-lambda';
import { Failure } from '../lib/failure.ts';
import { isObject, parseJson, type Json } from '../lib/json.ts';
import type { Datapoint } from '../metrics/datapoint.ts';
import { logDatapoints } from '../metrics/read-local-metrics.ts';
import { readLogEvents } from '../logs/read-log-events.ts';
import { readSamples, samplesFolder } from '../samples/read-samples.ts';
import type { Connection } from '../stack/connection.ts';
import type { Sent } from './rehearse.ts';

/** What a version answered. */
export interface VersionAnswer {
  readonly answer: Json;
  /** Whether it threw. */
  readonly failed: boolean;
}

export type AskVersion = (version: string, event: Json) => Promise<VersionAnswer>;

/** Asks versions of a function of the local cloud, and throws once the signal has aborted. */
export async function versionAsker(
  client: LambdaClient,
  FunctionName: string,
  abortSignal: AbortSignal,
): Promise<AskVersion> {
  const { InvokeCommand } = await import('@aws-sdk/client-lambda');
  return async (Qualifier, event) => {
    const command = new InvokeCommand({ FunctionName, Qualifier, Payload: Buffer.from(JSON.stringify(event)) });
    const { Payload, FunctionError } = await client.send(command, { abortSignal });
    return { answer: parseJson(Payload?.transformToString() ?? 'null'), failed: FunctionError !== undefined };
  };
}

/** The sample events of a function, but for those that it is to refuse. @throws Failure where there are none */
export function goodSamples(root: string, name: string): Json[] {
  const samples = readSamples(root, name).filter(({ isRefused }) => !isRefused);
  if (samples.length > 0) return samples.map(({ event }) => event);
  throw new Failure(`${samplesFolder(name)} has no sample that succeeds.`, 'Traffic is made of them: add one.');
}

/**
 * Sends requests to two versions side by side, each version's one after the other; each gets the samples in turn.
 * @returns what came of each, and the datapoints that the log of the function has of them
 */
export function sampleTraffic(
  connection: Connection,
  functionName: string,
  ask: AskVersion,
  [before, after]: readonly [string, string],
  samples: readonly Json[],
): (choice: readonly boolean[]) => Promise<{ sent: Sent[]; datapoints: Datapoint[] }> {
  const counts = { old: 0, new: 0 };
  const send = async (isNew: boolean): Promise<Sent> => {
    const event = samples[counts[isNew ? 'new' : 'old']++ % samples.length] ?? null;
    const started = performance.now();
    const { answer, failed } = await ask(isNew ? after : before, event);
    return { isNew, failed: failed || isServerError(answer), took: performance.now() - started };
  };
  const lane = async (isNew: boolean, requests: number): Promise<Sent[]> => {
    const sent: Sent[] = [];
    while (sent.length < requests) sent.push(await send(isNew));
    return sent;
  };
  return async (choice) => {
    const from = Date.now();
    const fresh = choice.filter(Boolean).length;
    const sent = (await Promise.all([lane(false, choice.length - fresh), lane(true, fresh)])).flat();
    const events = await readLogEvents(connection, [functionName], { from });
    return { sent, datapoints: logDatapoints(events).filter(({ at }) => at >= from) };
  };
}

const statusOf = (answer: Json): number =>
  isObject(answer) && typeof answer['statusCode'] === 'number' ? answer['statusCode'] : 0;

/** What an API answers when it is at fault itself. */
const isServerError = (answer: Json): boolean => statusOf(answer) >= 500;

/** What an API answers when its caller is at fault, as one who asks for a user that is not there. */
export const isRefusal = (answer: Json): boolean => statusOf(answer) >= 400 && !isServerError(answer);
