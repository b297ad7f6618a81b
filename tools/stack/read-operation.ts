import type { StackEvent } from '@aws-sdk/client-cloudformation';
import { asking, clientConfig, type Connection } from './connection.ts';

/**
 * What CloudFormation has told of a stack since an operation on it began, the newest first.
 * @param stack a name; or an id, which a stack keeps when it is deleted
 * @param begins the state of the stack that begins the operation; everything that is known of the stack when left out
 */
export async function readOperation(
  connection: Connection,
  stack: string,
  begins?: (status: string) => boolean,
): Promise<StackEvent[]> {
  const { CloudFormationClient, paginateDescribeStackEvents } = await import('@aws-sdk/client-cloudformation');
  const client = new CloudFormationClient(clientConfig(connection));
  const read = async (): Promise<StackEvent[]> => {
    const found: StackEvent[] = [];
    for await (const { StackEvents = [] } of paginateDescribeStackEvents({ client }, { StackName: stack })) {
      for (const event of StackEvents) {
        found.push(event);
        if (isOfStack(event) && begins?.(event.ResourceStatus ?? '') === true) return found;
      }
    }
    return found;
  };
  return await asking(connection, read());
}

/** True for what is told of the stack itself, and not of a resource in it. */
export const isOfStack = ({ PhysicalResourceId, StackId }: StackEvent): boolean => PhysicalResourceId === StackId;
