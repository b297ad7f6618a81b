import type { Connection } from './connection.ts';
import { isOfStack, readOperation } from './read-operation.ts';

const begins = (status: string): boolean => /^(CREATE|UPDATE|DELETE)_IN_PROGRESS$/.test(status);

/**
 * What CloudFormation refused in the last operation on the stack, the first refusal first: `Queue (AWS::SQS::Queue):
 * why`. Of a nested stack what was refused in it: `Orders/Queue (AWS::SQS::Queue): why`. Empty where nothing was refused or
 * there is no stack. What it only cancelled because of that is left out.
 * @param stack its name or its id; the stage's when left out
 */
export async function readFailures(connection: Connection, stack = connection.stage.stackName): Promise<string[]> {
  const failures: string[] = [];
  for (const event of await readOperation(connection, stack, begins)) {
    const { ResourceStatus: status = '', LogicalResourceId: id = '', ResourceType: type = '' } = event;
    const reason = event.ResourceStatusReason ?? '';
    if (isOfStack(event) || !status.endsWith('_FAILED') || /cancelled/i.test(reason)) continue;
    const nested = type === 'AWS::CloudFormation::Stack' ? (event.PhysicalResourceId ?? '') : '';
    const within = nested === '' ? [] : (await readFailures(connection, nested)).map((failure) => `${id}/${failure}`);
    failures.unshift(...(within.length > 0 ? within : [`${id} (${type}): ${reason}`]));
  }
  return failures;
}
