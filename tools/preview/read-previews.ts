import type { CloudFormationClient, Stack } from '@aws-sdk/client-cloudformation';
import { apiUrl } from '../stack/check-health.ts';
import { asking, clientConfig, type Connection } from '../stack/connection.ts';
import { describeStack } from '../stack/read-stack.ts';
import { previewName, previewStage } from '../template/preview-stage.ts';
import type { Preview } from './preview.ts';

/**
 * Every preview of the account, by name. A stack is one by the form of its name alone, so that no other is ever taken for
 * one.
 * @param connection to the block that previews are made from
 */
export async function readPreviews(connection: Connection): Promise<Preview[]> {
  const { CloudFormationClient: Client } = await import('@aws-sdk/client-cloudformation');
  const client = new Client(clientConfig(connection));
  const found: Preview[] = [];
  for (const name of await asking(connection, listNames(client, `${connection.stage.stackName}-`))) {
    const own = { ...connection, stage: previewStage(connection.stage, name) };
    const stack = await describeStack(own);
    if (stack) found.push(previewOf(own, stack));
  }
  return found;
}

async function listNames(client: CloudFormationClient, prefix: string): Promise<string[]> {
  const { paginateListStacks, StackStatus } = await import('@aws-sdk/client-cloudformation');
  const StackStatusFilter = Object.values(StackStatus).filter((status) => status !== 'DELETE_COMPLETE');
  const names: string[] = [];
  for await (const { StackSummaries = [] } of paginateListStacks({ client }, { StackStatusFilter })) {
    for (const { StackName = '' } of StackSummaries) {
      const name = StackName.slice(prefix.length);
      if (StackName.startsWith(prefix) && previewName.test(name)) names.push(name);
    }
  }
  return names.sort((one, other) => one.localeCompare(other, 'en', { numeric: true }));
}

function previewOf(connection: Connection, { StackStatus, Tags = [], Outputs = [] }: Stack): Preview {
  const { name, stackName } = connection.stage;
  const outputs = Object.fromEntries(Outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]));
  return {
    name,
    stackName,
    state: StackStatus ?? 'UNKNOWN',
    expires: Tags.find(({ Key }) => Key === 'expires')?.Value ?? null,
    url: apiUrl(connection, outputs) ?? null,
  };
}
