import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { Failure } from '../lib/failure.ts';
import { asking, clientConfig, type Connection } from '../stack/connection.ts';
import type { StackResource } from '../stack/read-stack.ts';

/** A resource that is not as CloudFormation made it. */
export interface DriftedResource {
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
  readonly status: string;
  /** Paths of the properties that differ. */
  readonly properties: readonly string[];
}

export interface StackDrift {
  readonly drifted: readonly DriftedResource[];
  /** What CloudFormation could not look at, by its own words; the rest is told all the same. */
  readonly unseen: readonly string[];
}

/** No drift: `aviary config set` is there to change the value of a setting. */
export const isSetByHand = ({ type, status, properties }: DriftedResource): boolean =>
  type === 'AWS::SSM::Parameter' && status === 'MODIFIED' && properties.every((path) => path === '/Value');

const pauseMs = 3000;
/** CloudFormation looks at a few resources a second; a stack has 500 at most. */
const mostQuestions = 300;

/**
 * Has CloudFormation compare the stack, and each stack nested in it, with what is there.
 * @throws Failure where the detection does not end
 */
export async function detectStackDrift(
  connection: Connection,
  resources: readonly StackResource[],
): Promise<StackDrift> {
  const { CloudFormationClient } = await import('@aws-sdk/client-cloudformation');
  const client = new CloudFormationClient(clientConfig(connection));
  const nested = resources.filter(({ type }) => type === 'AWS::CloudFormation::Stack');
  const stacks = [connection.stage.stackName, ...nested.map(({ physicalId }) => physicalId)];
  const found: StackDrift[] = [];
  for (const stack of stacks) found.push(await asking(connection, driftOf(client, stack)));
  return { drifted: found.flatMap((it) => it.drifted), unseen: found.flatMap((it) => it.unseen) };
}

async function driftOf(client: CloudFormationClient, stack: string): Promise<StackDrift> {
  const { DescribeStackResourceDriftsCommand, DetectStackDriftCommand } =
    await import('@aws-sdk/client-cloudformation');
  const { StackDriftDetectionId: id } = await client.send(new DetectStackDriftCommand({ StackName: stack }));
  const unseen = await ended(client, stack, id);
  const drifted: DriftedResource[] = [];
  let NextToken: string | undefined;
  do {
    const page = await client.send(
      new DescribeStackResourceDriftsCommand({
        StackName: stack,
        StackResourceDriftStatusFilters: ['MODIFIED', 'DELETED'],
        ...(NextToken === undefined ? {} : { NextToken }),
      }),
    );
    for (const it of page.StackResourceDrifts ?? []) {
      drifted.push({
        stack: stack.replace(/^.*:stack\/([^/]+)\/.*$/, '$1'),
        logicalId: it.LogicalResourceId ?? '',
        type: it.ResourceType ?? '',
        status: it.StackResourceDriftStatus ?? '',
        properties: (it.PropertyDifferences ?? []).map(({ PropertyPath = '' }) => PropertyPath),
      });
    }
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return { drifted: drifted.filter((it) => !isSetByHand(it)), unseen };
}

/** Waits for the end. @returns what could not be looked at, as for a kind that the role may not read */
async function ended(client: CloudFormationClient, stack: string, id: string | undefined): Promise<string[]> {
  const { DescribeStackDriftDetectionStatusCommand } = await import('@aws-sdk/client-cloudformation');
  for (let question = 0; question < mostQuestions; question += 1) {
    const answer = await client.send(new DescribeStackDriftDetectionStatusCommand({ StackDriftDetectionId: id }));
    const { DetectionStatus, DetectionStatusReason = '' } = answer;
    if (DetectionStatus === 'DETECTION_COMPLETE') return [];
    if (DetectionStatus === 'DETECTION_FAILED') return [`${stack}: ${DetectionStatusReason}`];
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  throw new Failure(`CloudFormation does not end its drift detection of ${stack}.`, 'Try again later.');
}
