import type { JsonObject } from '../lib/json.ts';
import type { HeldLock } from '../lock/held-lock.ts';
import type { StackRecord } from '../plan/record.ts';
import { keepUnchanged } from '../stacks/keep-unchanged.ts';
import { splitBuild } from '../stacks/split-build.ts';
import { bucketParameters } from './bucket-parameters.ts';
import type { Connection } from './connection.ts';
import { runSam, withSam, type RunSamOptions } from './run-sam.ts';
import { emptyComposed, writeComposed } from './write-composed.ts';

/** Deploys a template in which every function and layer is as a bucket has it: nothing is built. */
export async function deployTemplate(
  connection: Connection,
  lock: HeldLock,
  { parameters, template: deployed }: StackRecord,
  template: JsonObject,
  options: RunSamOptions,
): Promise<void> {
  const { root, stage } = connection;
  emptyComposed(root, stage);
  const wanted = keepUnchanged(template, deployed);
  const files = writeComposed(root, stage, wanted, await bucketParameters(connection, parameters));
  await withSam(connection, options, async (loaded) => {
    await runSam(connection, files.build, loaded);
    splitBuild(root, files);
    await lock.confirm();
    await runSam(connection, files.deploy, loaded);
  });
}
