import {
  GetCommand,
  paginateQuery,
  paginateScan,
  type DynamoDBDocumentClient,
  type NativeAttributeValue,
} from '@aws-sdk/lib-dynamodb';
import { canonical, isJson, objectAt, stringAt, type Json } from '../../tools/lib/json.ts';

const [events, main] = ['aviary-events-local', 'aviary-main-local'];
type Item = Readonly<Record<string, NativeAttributeValue>>;

const json = (item: Item): Json => {
  const value: unknown = item;
  if (!isJson(value)) throw new TypeError('An item holds more than JSON');
  return value;
};

/** Each order as its last event in the store says it is: what the lists have to show. */
async function fromStore(client: DynamoDBDocumentClient): Promise<Map<string, string>> {
  const latest = new Map<string, { readonly version: number; readonly view: string }>();
  for await (const { Items = [] } of paginateScan({ client }, { TableName: events })) {
    for (const item of Items.map(json)) {
      const order = objectAt(item, 'order');
      const [id = '', version] = [stringAt(order, 'id'), Number(order['version'])];
      if ((latest.get(id)?.version ?? 0) >= version) continue;
      const [createdAt = '', updatedAt = ''] = [stringAt(item, 'placedAt'), stringAt(item, 'occurredAt')];
      latest.set(id, { version, view: canonical({ ...order, createdAt, updatedAt }) });
    }
  }
  return new Map([...latest].map(([id, { view }]) => [id, view]));
}

/** What the live generation of the lists has. */
async function fromLists(client: DynamoDBDocumentClient): Promise<Map<string, string>> {
  const Key = { pk: 'PROJECTION#orders', sk: 'POINTER' };
  const { Item: pointer = {} } = await client.send(new GetCommand({ TableName: main, Key }));
  const views = new Map<string, string>();
  for (const shard of '0123456789abcdef') {
    const query = {
      TableName: main,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': `VIEW#orders#${String(pointer['live'])}#${shard}` },
    };
    for await (const { Items = [] } of paginateQuery({ client }, query)) {
      for (const { pk: _pk, sk, gsi1pk: _1, gsi1sk: _2, gsi2pk: _3, gsi2sk: _4, ...view } of Items)
        views.set(String(sk), canonical(json(view)));
    }
  }
  return views;
}

/** How many orders there are, and how many of them the lists do not show as the store has them. */
export async function compareViews(
  client: DynamoDBDocumentClient,
): Promise<{ readonly orders: number; readonly different: number }> {
  const [wanted, shown] = [await fromStore(client), await fromLists(client)];
  const all = new Set([...wanted.keys(), ...shown.keys()]);
  return { orders: wanted.size, different: [...all].filter((id) => wanted.get(id) !== shown.get(id)).length };
}
