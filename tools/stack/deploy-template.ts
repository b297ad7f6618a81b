import type { JsonObject } from '../lib/json.ts';
import type { HeldLock } from '../lock/held-lock.ts';
import type { StackRecord } from '../plan/record.ts';
import { bucketParameters } from './bucket-parameters.ts';
import type { Connection } from './connection.ts';
import { runSam, withSam, type RunSamOptions } from './run-sam.ts';
import { emptyComposed, writeComposed } from './write-composed.ts';

/** Deploys a template in which every function and layer is as a bucket has it: nothing is built. */
export async function deployTemplate(
  connection: Connection,
  lock: HeldLock,
  { parameters }: StackRecord,
  template: JsonObject,
  options: RunSamOptions,
): Promise<void> {
  const { root, stage } = connection;
  emptyComposed(root, stage);
  const files = writeComposed(root, stage, template, await bucketParameters(connection, parameters));
  await withSam(connection, options, async (loaded) => {
    await runSam(connection, files.build, loaded);
    await lock.confirm();
    await runSam(connection, files.deploy, loaded);
  });
}
