import type { Connection } from '../stack/connection.ts';
import { asking, lambdaClient } from '../stack/connection.ts';
import { functionsOf, namesOf, readRunning } from '../logs/stage-functions.ts';
import type { StoreKind } from './api.ts';

/** Makes what tells the functions that Lambda invokes with what a table's stream, a queue or a stream has. */
export async function readReaders(connection: Connection): Promise<(kind: StoreKind, name: string) => string[]> {
  const { paginateListEventSourceMappings } = await import('@aws-sdk/client-lambda');
  const client = await lambdaClient(connection);
  const nameOf = namesOf(functionsOf(await readRunning(connection)));
  const read = async (): Promise<(readonly [string, string])[]> => {
    const found: (readonly [string, string])[] = [];
    for await (const { EventSourceMappings = [] } of paginateListEventSourceMappings({ client }, {})) {
      for (const { EventSourceArn = '', FunctionArn = '' } of EventSourceMappings) {
        found.push([sourceOf(EventSourceArn), nameOf(FunctionArn.split(':')[6] ?? '')]);
      }
    }
    return found;
  };
  const mappings = await asking(connection, read());
  return (kind, name) => [
    ...new Set(mappings.filter(([source]) => source === `${kind} ${name}`).map(([, reader]) => reader)),
  ];
}

/** `queue aviary-notifications-local` for its ARN. */
function sourceOf(arn: string): string {
  const [, , service, , , resource = ''] = arn.split(':');
  const [, name = ''] = resource.split('/');
  if (service === 'sqs') return `queue ${resource}`;
  return service === 'dynamodb' ? `table ${name}` : `stream ${name}`;
}
