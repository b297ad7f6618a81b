import type { CloudFormationClient, Stack } from '@aws-sdk/client-cloudformation';
import { Failure } from '../lib/failure.ts';
import { readRecord, type StackRecord } from '../plan/record.ts';
import { joinTemplates, placedStacks } from '../stacks/join-templates.ts';
import { placementOf } from '../stacks/placement.ts';
import { parseTemplate } from '../template/read-template.ts';
import type { JsonObject } from '../lib/json.ts';
import { asking, clientConfig, type Connection } from './connection.ts';

/** A stack as CloudFormation has it. */
export interface DeployedStack {
  /** Such as `UPDATE_COMPLETE`. */
  readonly status: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** Undefined where nothing of the stack runs: its first deploy failed, or has only been prepared. */
  readonly record: StackRecord | undefined;
}

/** A physical resource of the stack. */
export interface StackResource {
  readonly logicalId: string;
  /** A name or an ARN, as the type has it. */
  readonly physicalId: string;
  readonly type: string;
}

const nothingRuns = new Set([
  'REVIEW_IN_PROGRESS',
  'ROLLBACK_COMPLETE',
  'ROLLBACK_FAILED',
  'CREATE_FAILED',
  'DELETE_COMPLETE',
]);

/**
 * Reads a stack and the record in its template, with what nested stacks hold of it; undefined where there is none.
 * @throws Failure as {@link asking}, and for a template that Aviary did not write
 */
export async function readStack(connection: Connection): Promise<DeployedStack | undefined> {
  const { stackName } = connection.stage;
  const stack = await describeStack(connection);
  if (!stack) return undefined;
  const status = stack.StackStatus ?? 'UNKNOWN';
  const outputs = outputsOf(stack);
  if (nothingRuns.has(status)) return { status, outputs, record: undefined };
  const { CloudFormationClient } = await import('@aws-sdk/client-cloudformation');
  const client = new CloudFormationClient(clientConfig(connection));
  const template = await asking(connection, readWhole(client, stackName));
  return { status, outputs, record: readRecord(template, stackName) };
}

/**
 * The outputs of a stack, of the stage's where none is named; none where there is no such stack.
 * @throws as {@link asking}
 */
export async function readOutputs(connection: Connection, stackName?: string): Promise<DeployedStack['outputs']> {
  return outputsOf(await describeStack(connection, stackName));
}

function outputsOf(stack: Stack | undefined): DeployedStack['outputs'] {
  const outputs = stack?.Outputs ?? [];
  return Object.fromEntries(outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue] as const));
}

/** The template of a stack, joined with those of its nested stacks that hold a part of its resources. */
async function readWhole(client: CloudFormationClient, stackName: string): Promise<JsonObject> {
  const root = await readTemplateOf(client, stackName);
  const parts = placedStacks(root);
  if (parts.size === 0) return root;
  const nested = (await listOf(client, stackName)).filter(({ logicalId }) => parts.has(logicalId));
  const templates = nested.map(
    async ({ logicalId, physicalId }) => [logicalId, await readTemplateOf(client, physicalId)] as const,
  );
  return joinTemplates(root, Object.fromEntries(await Promise.all(templates)));
}

async function readTemplateOf(client: CloudFormationClient, stackName: string): Promise<JsonObject> {
  const { GetTemplateCommand } = await import('@aws-sdk/client-cloudformation');
  const command = new GetTemplateCommand({ StackName: stackName, TemplateStage: 'Original' });
  const { TemplateBody = '' } = await client.send(command);
  return parseTemplate(amazonAddresses(TemplateBody), `the template of ${stackName}`);
}

/**
 * The local cloud's S3 addresses as Amazon's, which it takes too: SAM would look for any other as a file, and the port
 * may be another one at the next start.
 */
function amazonAddresses(template: string): string {
  return template.replaceAll(/http:\/\/127\.0\.0\.1:\d+\//g, 'https://s3.amazonaws.com/');
}

/** What CloudFormation says of a stack, of the stage's where none is named; undefined where there is none. @throws as {@link asking} */
export async function describeStack(
  connection: Connection,
  StackName = connection.stage.stackName,
): Promise<Stack | undefined> {
  const { CloudFormationClient, DescribeStacksCommand } = await import('@aws-sdk/client-cloudformation');
  const client = new CloudFormationClient(clientConfig(connection));
  try {
    return await asking(connection, describe(client.send(new DescribeStacksCommand({ StackName }))));
  } finally {
    // What is asked each second would hold a connection for each.
    client.destroy();
  }
}

/** The stack of an answer; undefined where there is none of that name. */
export async function describe(answer: Promise<{ Stacks?: Stack[] | undefined }>): Promise<Stack | undefined> {
  try {
    return (await answer).Stacks?.[0];
  } catch (error) {
    // CloudFormation has no code of its own for this: a ValidationError, told from others by its text alone.
    if (error instanceof Error && error.name === 'ValidationError' && error.message.includes('does not exist'))
      return undefined;
    throw error;
  }
}

/**
 * Every resource of the stack, also those that are placed in nested stacks; of any other nested stack, as those of `infra/`, only
 * the stack itself.
 * @param record what the stack says, which knows where resources are placed; undefined for the stack by itself
 * @param wanted leaves out the nested stacks in which none of these is placed, by their logical ids in the template
 */
export async function listResources(
  connection: Connection,
  record: Pick<StackRecord, 'template'> | undefined,
  wanted?: readonly string[],
): Promise<StackResource[]> {
  const { CloudFormationClient } = await import('@aws-sdk/client-cloudformation');
  const client = new CloudFormationClient(clientConfig(connection));
  const { stackName } = connection.stage;
  const list = async (): Promise<StackResource[]> => {
    const resources = await listOf(client, stackName);
    const placed = placementOf(record?.template ?? {});
    const isAsked = (ids: readonly string[] = []): boolean => wanted?.some((id) => ids.includes(id)) ?? ids.length > 0;
    const nested = resources.filter(({ logicalId }) => isAsked(placed[logicalId]));
    return [...resources, ...(await Promise.all(nested.map(({ physicalId }) => listOf(client, physicalId)))).flat()];
  };
  return await asking(connection, list());
}

async function listOf(client: CloudFormationClient, stackName: string): Promise<StackResource[]> {
  const { paginateListStackResources } = await import('@aws-sdk/client-cloudformation');
  const found: StackResource[] = [];
  for await (const { StackResourceSummaries = [] } of paginateListStackResources(
    { client },
    { StackName: stackName },
  )) {
    for (const { LogicalResourceId, PhysicalResourceId, ResourceType, ResourceStatus } of StackResourceSummaries) {
      if (LogicalResourceId === undefined || PhysicalResourceId === undefined || ResourceType === undefined) continue;
      if (ResourceStatus?.startsWith('DELETE_') === true) continue;
      found.push({ logicalId: LogicalResourceId, physicalId: PhysicalResourceId, type: ResourceType });
    }
  }
  return found;
}

/**
 * ARN of the current version of each layer, by its logical id in the template. SAM names the resource after it with ten
 * hexadecimal digits more. (aws-sam-translator, `LogicalIdGenerator`.)
 */
export function layerArns(resources: readonly StackResource[], logicalIds: readonly string[]): Record<string, string> {
  const versions = resources.filter(({ type }) => type === 'AWS::Lambda::LayerVersion');
  const found = logicalIds.flatMap((id): [string, string][] => {
    const own = versions.find(
      ({ logicalId }) => logicalId.startsWith(id) && /^[0-9a-f]{10}$/.test(logicalId.slice(id.length)),
    );
    return own ? [[id, own.physicalId]] : [];
  });
  return Object.fromEntries(found);
}

/**
 * @param stage whose stack it is; left out for a stack that is no stage's
 * @throws Failure for a stack that cannot be updated now, with what to do
 */
export function assertDeployable(stack: DeployedStack | undefined, stackName: string, stage?: string): void {
  const status = stack?.status ?? '';
  const recover =
    stage === undefined ? 'see it in the CloudFormation console' : `npm run aviary -- recover --stage ${stage}`;
  if (status.endsWith('_IN_PROGRESS') && status !== 'REVIEW_IN_PROGRESS') {
    throw new Failure(
      `The stack ${stackName} is being changed now (${status}).`,
      `Wait until it is done, then try again: ${recover}.`,
    );
  }
  if (['UPDATE_ROLLBACK_FAILED', 'UPDATE_FAILED'].includes(status)) {
    throw new Failure(`The stack ${stackName} is stuck (${status}).`, `Mend it, then try again: ${recover}.`);
  }
  if (['ROLLBACK_COMPLETE', 'ROLLBACK_FAILED', 'CREATE_FAILED', 'DELETE_FAILED'].includes(status)) {
    throw new Failure(
      `The stack ${stackName} was never made whole (${status}), and cannot be updated.`,
      `Delete it, then try again: ${recover}.`,
    );
  }
}
