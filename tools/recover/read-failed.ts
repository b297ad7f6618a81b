import type { StackEvent } from '@aws-sdk/client-cloudformation';
import type { Connection } from '../stack/connection.ts';
import { isOfStack, readOperation } from '../stack/read-operation.ts';
import type { FailedResource, NamedResource } from './situation.ts';

const stackType = 'AWS::CloudFormation::Stack';

/** What could not be taken back or deleted since, in nested stacks too; what failed and then worked is left out. */
export async function readFailed(
  connection: Connection,
  stack: string,
  begins: (status: string) => boolean,
  within = '',
): Promise<FailedResource[]> {
  const events = await readOperation(connection, stack, begins);
  const last = latest(events).filter(({ ResourceStatus = '' }) => ResourceStatus.endsWith('_FAILED'));
  const found = last.map(async (event): Promise<FailedResource[]> => {
    const nested = event.ResourceType === stackType ? event.PhysicalResourceId : undefined;
    const inside = nested ? await readFailed(connection, nested, begins, `${stackNameOf(nested)}.`) : [];
    return inside.length > 0 ? inside : [{ ...named(event, within), reason: event.ResourceStatusReason ?? '' }];
  });
  return (await Promise.all(found)).flat();
}

/** What a stack that was deleted has left in the account, such as tables; in nested stacks too. */
export async function readKept(connection: Connection, stackId: string): Promise<NamedResource[]> {
  const last = latest(await readOperation(connection, stackId));
  const found = last.map(async (event): Promise<NamedResource[]> => {
    const { ResourceStatus, ResourceType, PhysicalResourceId: id } = event;
    if (ResourceStatus === 'DELETE_SKIPPED') return [{ id: id ?? '', type: ResourceType ?? '' }];
    return ResourceType === stackType && id ? await readKept(connection, id) : [];
  });
  return (await Promise.all(found)).flat();
}

/** The last word on each resource. */
function latest(events: readonly StackEvent[]): StackEvent[] {
  const seen = new Map<string, StackEvent>();
  for (const event of events) {
    const { LogicalResourceId: id = '' } = event;
    if (!isOfStack(event) && !seen.has(id)) seen.set(id, event);
  }
  return [...seen.values()];
}

const named = ({ LogicalResourceId = '', ResourceType = '' }: StackEvent, within: string): NamedResource => ({
  id: `${within}${LogicalResourceId}`,
  type: ResourceType,
});

/** `arn:…:stack/aviary-staging-Data-1A2B/…` → `aviary-staging-Data-1A2B`, by which ContinueUpdateRollback knows it. */
const stackNameOf = (id: string): string => id.replace(/^.*:stack\/([^/]+)\/.*$/, '$1');
