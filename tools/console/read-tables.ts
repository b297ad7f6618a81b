import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { asking, clientConfig, type Connection } from '../stack/connection.ts';
import { isJson, isObject, parseJson, type Json, type JsonObject } from '../lib/json.ts';
import type { Stores } from './read-stores.ts';
import { Refusal } from './refusal.ts';

/** Items of a page. */
const pageSize = 50;

/** Tables, with their items in the order of a scan. */
export async function tableStore(connection: Connection): Promise<Stores> {
  const sdk = await import('@aws-sdk/client-dynamodb');
  const { marshall, unmarshall } = await import('@aws-sdk/util-dynamodb');
  const client = new sdk.DynamoDBClient(clientConfig(connection));
  const plain = (item: Record<string, AttributeValue>): JsonObject => {
    // What is no safe number as a number is text.
    const value = asJson(unmarshall(item, { wrapNumbers: numberOrText }));
    return isObject(value) ? value : {};
  };

  async function names(): Promise<string[]> {
    const found: string[] = [];
    for await (const { TableNames = [] } of sdk.paginateListTables({ client }, {})) found.push(...TableNames);
    return found;
  }

  async function list(): Promise<{ name: string; count: number }[]> {
    const described = (await names()).map(async (name) => {
      const { Table } = await client.send(new sdk.DescribeTableCommand({ TableName: name }));
      return { name, count: Table?.ItemCount ?? 0 };
    });
    return await Promise.all(described);
  }

  return {
    list: () => asking(connection, list()),
    page: async (name, from) => {
      const scan = new sdk.ScanCommand({
        TableName: name,
        Limit: pageSize,
        ...(from === undefined ? {} : { ExclusiveStartKey: marshall(keyOf(from)) }),
      });
      const { Items = [], LastEvaluatedKey: last } = await asking(connection, client.send(scan));
      const next = last === undefined ? null : Buffer.from(JSON.stringify(plain(last))).toString('base64url');
      return { items: Items.map(plain), next };
    },
  };
}

/** The key that a page begins after. @throws Refusal for what is none */
function keyOf(from: string): JsonObject {
  try {
    const key = parseJson(Buffer.from(from, 'base64url').toString('utf8'));
    if (isObject(key)) return key;
  } catch {
    // Refused below.
  }
  throw new Refusal(400, `${from} is no place in a table.`, 'Take `next` of the page before.');
}

function numberOrText(text: string): number | string {
  const value = Number(text);
  return String(value) === text ? value : text;
}

/** Sets as lists, bytes as base64. */
function asJson(value: unknown): Json {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (value instanceof Set || Array.isArray(value)) return [...value].map(asJson);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, asJson(member)]));
  }
  return isJson(value) ? value : null;
}
