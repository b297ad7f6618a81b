import { asking, clientConfig, type Connection } from '../stack/connection.ts';
import { describeStack, listResources, readStack } from '../stack/read-stack.ts';
import { readHangingDeployments } from './hanging-deployments.ts';
import { readMovedAliases } from './read-aliases.ts';
import { readFailed } from './read-failed.ts';
import type { Situation } from './situation.ts';
import { stackState } from './stack-states.ts';

/** What `sam deploy` calls its change sets. (AWS SAM CLI, `Deployer.changeset_prefix`.) */
const samPrefix = 'samcli-deploy';

/** Reads what of a stage may be in need of mending; what is behind a stack only where the stack is whole. */
export async function readSituation(connection: Connection): Promise<Situation> {
  const { stackName } = connection.stage;
  const status = await readStatus(connection);
  const empty = { stackName, status, failed: [], changeSets: [], deployments: [], aliases: [] };
  if (status === undefined) return empty;
  const { remedy } = stackState(status);
  if (status.endsWith('_FAILED')) {
    const failed = await readFailed(
      connection,
      stackName,
      (it) => it.endsWith('_IN_PROGRESS') && !it.includes('CLEANUP'),
    );
    return { ...empty, failed };
  }
  const record = remedy === 'none' ? (await readStack(connection))?.record : undefined;
  if (!record) return empty;
  const resources = await listResources(connection, record);
  return {
    ...empty,
    changeSets: await readChangeSets(connection),
    deployments: await readHangingDeployments(connection, resources),
    aliases: await readMovedAliases(connection, record, resources),
  };
}

/** CloudFormation's word for the state of the stack; undefined where there is none. */
export async function readStatus(connection: Connection): Promise<string | undefined> {
  return (await describeStack(connection))?.StackStatus;
}

/** The id that the stack keeps when it is deleted. */
export async function readStackId(connection: Connection): Promise<string | undefined> {
  return (await describeStack(connection))?.StackId;
}

/** SAM's change sets that were never executed. Nobody else holds the stage, so nobody will. */
async function readChangeSets(connection: Connection): Promise<string[]> {
  const { CloudFormationClient, paginateListChangeSets } = await import('@aws-sdk/client-cloudformation');
  const client = new CloudFormationClient(clientConfig(connection));
  const list = async (): Promise<string[]> => {
    const found: string[] = [];
    const input = { StackName: connection.stage.stackName };
    for await (const { Summaries = [] } of paginateListChangeSets({ client }, input)) {
      for (const { ChangeSetName = '', ExecutionStatus = '' } of Summaries) {
        if (ChangeSetName.startsWith(samPrefix) && !ExecutionStatus.startsWith('EXECUTE_')) found.push(ChangeSetName);
      }
    }
    return found;
  };
  return await asking(connection, list());
}
