import { Failure } from '../lib/failure.ts';
import type { HeldLock } from '../lock/held-lock.ts';
import type { WaitOptions } from '../lock/take-lock.ts';
import { asking, lambdaClient, s3Client, type Connection } from '../stack/connection.ts';
import { deleteObjects } from '../stack/delete-objects.ts';
import { assertDeployable, readStack } from '../stack/read-stack.ts';
import { withStageLock } from '../stack/stage-lock.ts';
import { choosePrunable, type Prunable, type Window } from './choose-prunable.ts';
import { readInventory } from './read-inventory.ts';

export interface PruneOptions extends Window, WaitOptions {
  /** False to look only. */
  readonly remove: boolean;
}

/**
 * Finds what nothing uses, and removes it where that is asked for.
 * @throws Failure where nothing runs, and while the stack is being changed: what it will use is not known then
 */
export async function pruneStage(connection: Connection, options: PruneOptions): Promise<Prunable> {
  if (!options.remove) return (await findPrunable(connection, options)).prunable;
  const pruneNow = async (lock: HeldLock): Promise<Prunable> => {
    const { bucket, prunable } = await findPrunable(connection, options);
    await lock.confirm();
    await asking(connection, remove(connection, bucket, prunable, options.signal));
    return prunable;
  };
  return await withStageLock(connection, pruneNow, options);
}

async function findPrunable(
  connection: Connection,
  window: Window,
): Promise<{ readonly bucket: string; readonly prunable: Prunable }> {
  const { stage } = connection;
  const stack = await readStack(connection);
  const record = stack?.record;
  if (!record) throw new Failure(`Nothing runs in ${stage.name}.`, 'There is nothing to prune.');
  assertDeployable(stack, stage.stackName, stage.name);
  const inventory = await readInventory(connection, record);
  return { bucket: inventory.bucket, prunable: choosePrunable(record, inventory, window) };
}

async function remove(
  connection: Connection,
  Bucket: string,
  { versions, layers, objects }: Prunable,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { DeleteFunctionCommand, DeleteLayerVersionCommand } = await import('@aws-sdk/client-lambda');
  const lambda = await lambdaClient(connection);
  for (const { functionName, version } of versions) {
    signal?.throwIfAborted();
    await lambda.send(new DeleteFunctionCommand({ FunctionName: functionName, Qualifier: version }));
  }
  for (const { layerName, version } of layers) {
    signal?.throwIfAborted();
    await lambda.send(new DeleteLayerVersionCommand({ LayerName: layerName, VersionNumber: version }));
  }
  const keys = objects.map(({ key }) => key);
  await deleteObjects(await s3Client(connection), Bucket, keys, signal);
}
