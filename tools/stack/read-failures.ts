import type { CloudFormationClient, StackEvent } from '@aws-sdk/client-cloudformation';
import { asking, clientConfig, type Connection } from './connection.ts';

/**
 * What CloudFormation refused in the last operation on the stack, the first refusal first: `Queue (AWS::SQS::Queue):
 * why`. Of a nested stack what was refused in it: `Orders/Queue (AWS::SQS::Queue): why`. Empty where nothing was refused or
 * there is no stack. What it only cancelled because of that is left out.
 */
export async function readFailures(connection: Connection): Promise<string[]> {
  const { CloudFormationClient } = await import('@aws-sdk/client-cloudformation');
  const client = new CloudFormationClient(clientConfig(connection));
  return await asking(connection, failuresOf(client, connection.stage.stackName));
}

/** @param stack its name or its ARN */
async function failuresOf(client: CloudFormationClient, stack: string): Promise<string[]> {
  const name = stack.replace(/^.*:stack\/([^/]+)\/.*$/, '$1');
  const failures: string[] = [];
  for (const event of await lastEvents(client, stack, name)) {
    const { ResourceStatus: status = '', LogicalResourceId: id = '', ResourceType: type = '' } = event;
    const reason = event.ResourceStatusReason ?? '';
    if (id === name || !status.endsWith('_FAILED') || /cancelled/i.test(reason)) continue;
    const nested = type === 'AWS::CloudFormation::Stack' ? (event.PhysicalResourceId ?? '') : '';
    const within = nested === '' ? [] : (await failuresOf(client, nested)).map((failure) => `${id}/${failure}`);
    failures.unshift(...(within.length > 0 ? within : [`${id} (${type}): ${reason}`]));
  }
  return failures;
}

/** The events of the last operation, the newest first. */
async function lastEvents(client: CloudFormationClient, StackName: string, name: string): Promise<StackEvent[]> {
  const { paginateDescribeStackEvents } = await import('@aws-sdk/client-cloudformation');
  const found: StackEvent[] = [];
  for await (const { StackEvents = [] } of paginateDescribeStackEvents({ client }, { StackName })) {
    for (const event of StackEvents) {
      const { ResourceStatus: status, LogicalResourceId: id } = event;
      if (id === name && /^(CREATE|UPDATE|DELETE)_IN_PROGRESS$/.test(status ?? '')) return found;
      found.push(event);
    }
  }
  return found;
}
