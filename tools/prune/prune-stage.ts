import { Failure } from '../lib/failure.ts';
import { asking, lambdaClient, s3Client, type Connection } from '../stack/connection.ts';
import { deleteObjects } from '../stack/delete-objects.ts';
import { assertDeployable, readStack } from '../stack/read-stack.ts';
import { withStageLock } from '../stack/stage-lock.ts';
import { choosePrunable, type Prunable, type Window } from './choose-prunable.ts';
import { readInventory } from './read-inventory.ts';

export interface PruneOptions extends Window {
  /** False to look only. */
  readonly remove: boolean;
}

/**
 * Finds what nothing uses, and removes it where that is asked for.
 * @throws Failure where nothing runs, and while the stack is being changed: what it will use is not known then
 */
export async function pruneStage(connection: Connection, options: PruneOptions): Promise<Prunable> {
  const { stage } = connection;
  return await withStageLock(connection, async () => {
    const stack = await readStack(connection);
    const record = stack?.record;
    if (!record) throw new Failure(`Nothing runs in ${stage.name}.`, 'There is nothing to prune.');
    assertDeployable(stack, stage.stackName);
    const inventory = await readInventory(connection, record);
    const prunable = choosePrunable(record, inventory, options);
    if (options.remove) await asking(connection, remove(connection, inventory.bucket, prunable));
    return prunable;
  });
}

async function remove(connection: Connection, Bucket: string, { versions, layers, objects }: Prunable): Promise<void> {
  const { DeleteFunctionCommand, DeleteLayerVersionCommand } = await import('@aws-sdk/client-lambda');
  const lambda = await lambdaClient(connection);
  for (const { functionName, version } of versions)
    await lambda.send(new DeleteFunctionCommand({ FunctionName: functionName, Qualifier: version }));
  for (const { layerName, version } of layers)
    await lambda.send(new DeleteLayerVersionCommand({ LayerName: layerName, VersionNumber: version }));
  const keys = objects.map(({ key }) => key);
  await deleteObjects(await s3Client(connection), Bucket, keys);
}
