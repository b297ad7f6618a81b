import {
  CloudFormationClient,
  ContinueUpdateRollbackCommand,
  DeleteChangeSetCommand,
  DeleteStackCommand,
  RollbackStackCommand,
} from '@aws-sdk/client-cloudformation';
import { Failure } from '../lib/failure.ts';
import { moveAlias } from '../rollback/find-versions.ts';
import { asking, clientConfig, type Connection } from '../stack/connection.ts';
import type { Step } from './decide-recovery.ts';
import { stopDeployment } from './hanging-deployments.ts';
import { waitForStack, type WaitForStackOptions } from './wait-for-stack.ts';

/**
 * Takes one step. What CloudFormation begins with it goes on after it, and is waited for by the next one.
 * @throws Failure where it is refused
 */
export async function takeStep(connection: Connection, step: Step, options: WaitForStackOptions): Promise<void> {
  await asking(connection, refused(connection.stage.stackName, begin(connection, step, options)));
}

async function begin(connection: Connection, step: Step, options: WaitForStackOptions): Promise<unknown> {
  const client = new CloudFormationClient(clientConfig(connection));
  const StackName = connection.stage.stackName;
  const some = (list: readonly string[]): string[] | undefined => (list.length === 0 ? undefined : [...list]);
  switch (step.act) {
    case 'wait':
      return waitForStack(connection, options);
    case 'rollBack':
      return client.send(new RollbackStackCommand({ StackName }));
    case 'continueRollback':
      return client.send(new ContinueUpdateRollbackCommand({ StackName, ResourcesToSkip: some(step.skip) }));
    case 'deleteStack':
      return client.send(new DeleteStackCommand({ StackName, RetainResources: some(step.retain) }));
    case 'deleteChangeSet':
      return client.send(new DeleteChangeSetCommand({ StackName, ChangeSetName: step.name }));
    case 'stopDeployment':
      return stopDeployment(connection, step.deployment, options.signal);
    case 'moveAlias': {
      const { functionName, should, revision } = step.alias;
      return moveAlias(connection, { functionName, version: should }, revision);
    }
    case 'takeLock':
    case 'person':
      return undefined;
  }
}

/** CloudFormation's words for what it will not do, such as to skip a resource that it does not know. */
async function refused<T>(stackName: string, call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (cause) {
    if (!(cause instanceof Error) || cause.name !== 'ValidationError') throw cause;
    throw new Failure(
      `CloudFormation refused it: ${cause.message}`,
      `See npm run aviary -- recover, and the events of ${stackName}.`,
      { cause },
    );
  }
}
