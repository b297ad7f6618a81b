import { asking, clientConfig, type Connection } from './connection.ts';

/**
 * What CloudFormation refused in the last operation on the stack, the first refusal first: `Queue (AWS::SQS::Queue):
 * why`. Empty where nothing was refused or there is no stack. What it only cancelled because of that is left out.
 */
export async function readFailures(connection: Connection): Promise<string[]> {
  const { CloudFormationClient, DescribeStackEventsCommand } = await import('@aws-sdk/client-cloudformation');
  const client = new CloudFormationClient(clientConfig(connection));
  const { stackName } = connection.stage;
  const { StackEvents = [] } = await asking(
    connection,
    client.send(new DescribeStackEventsCommand({ StackName: stackName })),
  );
  const failures: string[] = [];
  // The newest comes first.
  for (const event of StackEvents) {
    const { ResourceStatus: status = '', LogicalResourceId: id = '', ResourceType: type = '' } = event;
    if (id === stackName && /^(CREATE|UPDATE|DELETE)_IN_PROGRESS$/.test(status)) break;
    const reason = event.ResourceStatusReason ?? '';
    if (id === stackName || !status.endsWith('_FAILED') || /cancelled/i.test(reason)) continue;
    failures.unshift(`${id} (${type}): ${reason}`);
  }
  return failures;
}
