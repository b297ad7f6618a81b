import { Failure } from '../lib/failure.ts';
import { artifactBucket } from '../stack/artifact-bucket.ts';
import { asking, clientConfig, s3Client, type Connection } from '../stack/connection.ts';
import { deleteObjects } from '../stack/delete-objects.ts';
import { listObjects } from '../stack/list-objects.ts';
import { readFailures } from '../stack/read-failures.ts';
import { readStack, type DeployedStack } from '../stack/read-stack.ts';
import { withStageLock } from '../stack/stage-lock.ts';
import { artifactPrefix, isPreview } from '../template/preview-stage.ts';
import { deleteRetained, findRetained } from './retained.ts';

/** Seconds that a deletion may take. */
const longest = 1800;

/**
 * Removes a preview with all that it has: tables and layers first, which its stack would leave behind, then the stack,
 * then its artifacts. Whatever of it fails, the same again goes on from there.
 * @returns false where there was no stack
 * @throws Failure while the stack is being changed, and where CloudFormation cannot delete it
 */
export async function removePreview(connection: Connection): Promise<boolean> {
  const { stage } = connection;
  if (!isPreview(stage)) throw new Error(`${stage.name} is no preview.`);
  return await withStageLock(connection, async () => {
    const stack = await readStack(connection);
    const bucket = await artifactBucket(connection);
    if (stack) {
      assertAtRest(stack, stage.stackName);
      await deleteRetained(connection, await findRetained(connection));
      await asking(connection, deleteStack(connection));
    }
    if (bucket !== undefined) await asking(connection, deleteArtifacts(connection, bucket));
    return stack !== undefined;
  });
}

function assertAtRest({ status }: DeployedStack, stackName: string): void {
  const waits = ['REVIEW_IN_PROGRESS', 'DELETE_IN_PROGRESS'];
  if (!status.endsWith('_IN_PROGRESS') || waits.includes(status)) return;
  throw new Failure(`The stack ${stackName} is being changed now (${status}).`, 'Wait until it is done, then again.');
}

async function deleteStack(connection: Connection): Promise<void> {
  const { CloudFormationClient, DeleteStackCommand, waitUntilStackDeleteComplete } =
    await import('@aws-sdk/client-cloudformation');
  const client = new CloudFormationClient(clientConfig(connection));
  const StackName = connection.stage.stackName;
  await client.send(new DeleteStackCommand({ StackName }));
  const delay = connection.endpoint === undefined ? { minDelay: 5, maxDelay: 15 } : { minDelay: 0.1, maxDelay: 0.2 };
  try {
    await waitUntilStackDeleteComplete({ client, maxWaitTime: longest, ...delay }, { StackName });
  } catch (cause) {
    const refused = await readFailures(connection);
    throw new Failure(
      [`CloudFormation did not delete the stack ${StackName}.`, ...refused].join('\n'),
      'Mend what it names, then the same again.',
      { cause },
    );
  }
}

async function deleteArtifacts(connection: Connection, bucket: string): Promise<void> {
  const client = await s3Client(connection);
  const objects = await listObjects(client, bucket, artifactPrefix(connection.stage));
  const keys = objects.map(({ key }) => key);
  await deleteObjects(client, bucket, keys);
}
