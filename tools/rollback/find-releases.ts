import { Failure } from '../lib/failure.ts';
import type { RecordedFunction } from '../plan/record.ts';
import type { Connection } from '../stack/connection.ts';
import { readStack } from '../stack/read-stack.ts';
import { assertRelease } from './choose-targets.ts';
import { findEarlier } from './find-earlier.ts';
import { runningFunction } from './running-function.ts';

/**
 * Two releases of a function, as they were deployed.
 * @param from a release or its first digits; the one before what runs where left out
 * @param to what runs where left out
 * @throws Failure for an unknown name, for what is no release, and for one that no template is left of
 */
export async function findReleases(
  connection: Connection,
  name: string,
  from: string | undefined,
  to: string | undefined,
): Promise<readonly [RecordedFunction, RecordedFunction]> {
  const record = (await readStack(connection))?.record;
  if (!record) throw new Failure(`No function ${name} runs in ${connection.stage.name}.`, 'Nothing is deployed there.');
  const running = runningFunction(record, name);
  const find = async (release: string): Promise<RecordedFunction> => {
    assertRelease(release);
    if (running.release.startsWith(release)) return running;
    const found = (await findEarlier(connection, record, [{ running, release }])).get(running.logicalId);
    if (!found) throw new Error(`${release} was looked for and not found, and nobody said so`);
    return found;
  };
  const earlier = from ?? running.rolledBackFrom ?? running.previous;
  if (earlier === undefined) {
    throw new Failure(`${name} has run no other release in ${connection.stage.name}.`, 'There is nothing to compare.');
  }
  return [await find(earlier), to === undefined ? running : await find(to)];
}
