import { isList, isObject, objectAt, parseJson, stringAt, type Json, type JsonObject } from '../lib/json.ts';
import { readQueueDepths } from '../metrics/read-queue-depths.ts';
import type { Connection } from '../stack/connection.ts';
import type { Stores } from './read-stores.ts';
import { readText } from './read-text.ts';

/**
 * Queues, with the messages that are in them, also those that somebody has taken and not yet deleted. They are read as the
 * local cloud shows them to people: to receive one would hide it from its function for a while, and count as a failed try.
 */
export function queueStore(connection: Connection): Promise<Stores> {
  return Promise.resolve({
    list: async () => {
      const depths = await readQueueDepths(connection, Date.now());
      return depths.map(({ dimensions, value }) => ({ name: dimensions['QueueName'] ?? '', count: value }));
    },
    page: async (name) => {
      const address = new URL('/_ministack/sqs/messages', connection.endpoint);
      address.searchParams.set('QueueUrl', `${connection.endpoint ?? ''}/000000000000/${name}`);
      const answer = parseJson(await (await fetch(address)).text());
      return { items: messagesIn(objectAt(answer, 'messages')).map(messageView), next: null };
    },
  });
}

/** The local cloud has them by account, region and queue. */
function messagesIn(value: Json): JsonObject[] {
  if (isList(value)) return value.filter(isObject);
  return isObject(value) ? Object.values(value).flatMap(messagesIn) : [];
}

function messageView(message: JsonObject): JsonObject {
  const attributes = Object.entries(objectAt(message, 'MessageAttributes')).map(
    ([name, value]) => [name, stringAt(value, 'StringValue') ?? value] as const,
  );
  return {
    id: message['MessageId'] ?? null,
    sentAt: new Date(Number(message['SentTimestamp']) * 1000).toISOString(),
    visible: message['IsVisible'] ?? null,
    received: message['ReceiveCount'] ?? null,
    body: readText(stringAt(message, 'Body') ?? ''),
    attributes: Object.fromEntries(attributes),
  };
}
