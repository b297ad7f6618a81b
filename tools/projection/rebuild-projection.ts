import { setTimeout as wait } from 'node:timers/promises';
import { isObject, stringAt, type Json, type JsonObject } from '../lib/json.ts';

/** Runs one step in the function that makes the projection: the code that runs there makes the new one, too. */
export type RunStep = (step: JsonObject) => Promise<Json>;

/** What a rebuild has done so far. */
export interface RebuildProgress {
  readonly phase: 'filling' | 'waiting' | 'removing';
  readonly events: number;
  readonly removed: number;
}

/** What a rebuild has done. */
export interface Rebuilt {
  readonly projection: string;
  /** The generation that is live now. */
  readonly generation: string;
  /** Events that were read. */
  readonly events: number;
  /** Those among them that could not be read. */
  readonly unreadable: number;
  /** Items of old generations that were removed. */
  readonly removed: number;
}

export interface RebuildOptions {
  /** How long those have to end who read the old generation at the swap. */
  readonly keepOldSeconds: number;
  readonly onProgress?: (progress: RebuildProgress) => void;
}

/**
 * Makes a projection anew beside the live one, swaps it in, and removes the old one. Of all that is read it keeps a
 * cursor and numbers.
 */
export async function rebuildProjection(
  projection: string,
  runStep: RunStep,
  { keepOldSeconds, onProgress = () => undefined }: RebuildOptions,
): Promise<Rebuilt> {
  const run = async (step: string, more: JsonObject = {}): Promise<JsonObject> => {
    const answer = await runStep({ rebuild: projection, step, ...more });
    if (!isObject(answer)) throw new TypeError(`The step ${step} was answered with ${JSON.stringify(answer)}`);
    return answer;
  };
  const begun = await run('begin');
  let [events, unreadable, removed] = [0, 0, 0];

  let cursor: Json | undefined;
  do {
    const part = await run('fill', cursor === undefined ? begun : { ...begun, cursor });
    events += numberAt(part, 'events');
    unreadable += numberAt(part, 'unreadable');
    cursor = part['cursor'];
    onProgress({ phase: 'filling', events, removed });
  } while (cursor !== undefined);
  await run('swap', begun);

  onProgress({ phase: 'waiting', events, removed });
  await wait(keepOldSeconds * 1_000);
  for (let done = false; !done;) {
    const part = await run('clear');
    removed += numberAt(part, 'removed');
    done = part['done'] === true;
    onProgress({ phase: 'removing', events, removed });
  }
  return { projection, generation: stringAt(begun, 'generation') ?? '', events, unreadable, removed };
}

function numberAt(values: JsonObject, name: string): number {
  const value = values[name];
  if (typeof value !== 'number') throw new TypeError(`The step was answered without ${name}`);
  return value;
}
