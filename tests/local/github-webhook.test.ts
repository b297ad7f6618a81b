import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { dynamoDbDeliveries } from '../../functions/github-webhook/dynamodb-deliveries.ts';
import { useStage } from '../support/aviary-stage.ts';
import type { Api } from '../support/http.ts';
import { deliveriesContract } from '../support/runtime/deliveries-contract.ts';
import { aCommit, aPush, signature } from '../support/runtime/github-payloads.ts';

describe('the webhook in the local cloud', () => {
  const stage = useStage();
  let api: Api;

  const client = (): DynamoDBDocumentClient => DynamoDBDocumentClient.from(new DynamoDBClient(stage().client));

  beforeAll(async () => {
    api = await stage().api();
  });

  const send = async (body: string, headers: Record<string, string>): Promise<{ status: number; text: string }> => {
    return await api('POST', '/webhooks/github', { body, headers, token: null });
  };
  const push = (id: string, body: string, secret = 'local-webhook-secret') =>
    send(body, {
      'content-type': 'application/json',
      'x-github-event': 'push',
      'x-github-delivery': id,
      'x-hub-signature-256': signature(body, secret),
    });

  it('answers the signed sample of a ping', async () => {
    const text = readFileSync(join(process.cwd(), 'functions/github-webhook/events/ping.json'), 'utf8');
    const { body, headers } = JSON.parse(text) as APIGatewayProxyEvent;

    const others = Object.entries(headers as Record<string, string>).map(([name, value]) => [
      name.toLowerCase(),
      value,
    ]);
    const { host: _host, ...sent } = Object.fromEntries(others) as Record<string, string>;

    await expect(send(body ?? '', sent)).resolves.toMatchObject({ status: 200 });
  });

  it('starts a push once, with letters beyond ASCII under the signature, and refuses its replay', async () => {
    const body = JSON.stringify(aPush([aCommit(2, { modified: ['functions/health/Zoë 🐤.ts'] })]));
    const id = randomUUID();

    const first = await push(id, body);
    const replay = await push(id, body);
    const renamed = await push(randomUUID(), body);

    expect([first.status, replay.status, renamed.status]).toEqual([202, 409, 409]);
    expect(JSON.parse(first.text)).toMatchObject({ data: { started: true, affected: { functions: ['health'] } } });
  });

  it('remembers a push by an item that DynamoDB is to delete', async () => {
    const id = randomUUID();
    await push(id, JSON.stringify(aPush([aCommit(3, { modified: ['functions/health/a.ts'] })])));

    const { Items = [] } = await client().send(
      new QueryCommand({
        TableName: 'aviary-main-local',
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': `DELIVERY#${id}` },
      }),
    );

    const days = ((Items[0]?.['expiresAt'] as number) - Date.now() / 1_000) / 86_400;
    expect(days).toBeGreaterThan(89);
    expect(days).toBeLessThan(91);
  });

  it('lets nobody in who does not know the secret', async () => {
    const body = JSON.stringify(aPush());

    const { status, text } = await push(randomUUID(), body, 'another-secret');

    expect(status).toBe(401);
    expect(text).not.toMatch(/signature|secret/i);
  });

  describe('deliveries in DynamoDB', () => {
    const table = `deliveries-${randomUUID()}`;

    beforeAll(async () => {
      await client().send(
        new CreateTableCommand({
          TableName: table,
          BillingMode: 'PAY_PER_REQUEST',
          AttributeDefinitions: [
            { AttributeName: 'pk', AttributeType: 'S' },
            { AttributeName: 'sk', AttributeType: 'S' },
          ],
          KeySchema: [
            { AttributeName: 'pk', KeyType: 'HASH' },
            { AttributeName: 'sk', KeyType: 'RANGE' },
          ],
        }),
      );
    });

    deliveriesContract((now) => dynamoDbDeliveries(client(), table, now));
  });
});
