import { setTimeout as sleep } from 'node:timers/promises';
import type { CodeDeployClient, DeploymentInfo } from '@aws-sdk/client-codedeploy';
import { asking, clientConfig, type Connection } from '../stack/connection.ts';
import type { StackResource } from '../stack/read-stack.ts';
import type { HangingDeployment } from './situation.ts';

/** Milliseconds between two looks at a deployment that was stopped. */
const pauseMs = 1_000;

/**
 * The deployments of CodeDeploy that still move traffic of the stack's functions. While CloudFormation works on the stack
 * they are its own; of a stack that is at rest, nobody waits for them.
 */
export async function readHangingDeployments(
  connection: Connection,
  resources: readonly StackResource[],
): Promise<HangingDeployment[]> {
  const groups = resources.filter(({ type }) => type === 'AWS::CodeDeploy::DeploymentGroup');
  const application = resources.find(({ type }) => type === 'AWS::CodeDeploy::Application');
  if (!application || groups.length === 0) return [];
  const { ListDeploymentsCommand } = await import('@aws-sdk/client-codedeploy');
  const client = await codeDeployClient(connection);
  const found: HangingDeployment[] = [];
  for (const { physicalId: group } of groups) {
    const command = new ListDeploymentsCommand({
      applicationName: application.physicalId,
      deploymentGroupName: group,
      includeOnlyStatuses: ['Created', 'Queued', 'InProgress', 'Baking', 'Ready'],
    });
    const { deployments = [] } = await asking(connection, client.send(command));
    found.push(...deployments.map((id) => ({ id, group })));
  }
  return found;
}

/** Stops a deployment, and waits until CodeDeploy has given the traffic back. */
export async function stopDeployment(
  connection: Connection,
  { id }: HangingDeployment,
  signal?: AbortSignal,
): Promise<void> {
  const { DeploymentAlreadyCompletedException, StopDeploymentCommand } = await import('@aws-sdk/client-codedeploy');
  const client = await codeDeployClient(connection);
  const stop = async (): Promise<void> => {
    try {
      await client.send(new StopDeploymentCommand({ deploymentId: id, autoRollbackEnabled: true }));
    } catch (error) {
      // It has ended since it was listed.
      if (!(error instanceof DeploymentAlreadyCompletedException)) throw error;
    }
    // What gives the traffic back is a deployment of its own.
    const back = (await ended(client, id, signal))?.rollbackInfo?.rollbackDeploymentId;
    if (back !== undefined) await ended(client, back, signal);
  };
  await asking(connection, stop());
}

async function ended(
  client: CodeDeployClient,
  deploymentId: string,
  signal: AbortSignal | undefined,
): Promise<DeploymentInfo | undefined> {
  const { GetDeploymentCommand } = await import('@aws-sdk/client-codedeploy');
  for (;;) {
    const { deploymentInfo } = await client.send(new GetDeploymentCommand({ deploymentId }));
    if (['Stopped', 'Succeeded', 'Failed'].includes(deploymentInfo?.status ?? '')) return deploymentInfo;
    await sleep(pauseMs, undefined, signal ? { signal } : {});
  }
}

async function codeDeployClient(connection: Connection): Promise<CodeDeployClient> {
  const { CodeDeployClient } = await import('@aws-sdk/client-codedeploy');
  return new CodeDeployClient(clientConfig(connection));
}
