import { randomUUID } from 'node:crypto';
import { dynamoDbTallies } from '@shared/tallies/dynamodb-tallies';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { useStage } from '../support/aviary-stage.ts';
import { aLogin, aSecurityEvent } from '../support/runtime/an-activity.ts';
import { eventually } from '../support/runtime/eventually.ts';
import { readDeadLetters } from '../support/runtime/read-dead-letters.ts';
import { subscribeQueue } from '../support/runtime/subscribe-queue.ts';

describe('the streams of activity and of security events, in the local cloud', () => {
  const stage = useStage();
  let endpoint: string;

  beforeAll(() => {
    endpoint = stage().cloud.endpoint;
  });

  const put = async (stream: string, ...data: unknown[]): Promise<void> => {
    const Records = data.map((it) => ({ PartitionKey: randomUUID(), Data: Buffer.from(JSON.stringify(it)) }));
    const command = new PutRecordsCommand({ StreamName: `aviary-${stream}-local`, Records });
    await new KinesisClient(stage().client).send(command);
  };

  const parkedBy = (name: string) => {
    const queue = `${endpoint}/000000000000/aviary-${name}-dlq-local`;
    return eventually(
      () => readDeadLetters(new SQSClient(stage().client), queue),
      (found) => found.length > 0,
    );
  };

  it('stores who was active, each user once, by the window of the activity', async () => {
    const [one, other] = [aLogin(), aLogin()];
    const newer = { ...aLogin(), schemaVersion: 2 };
    await put('user-activity', newer, one, one, other, { ...aLogin({ userId: one.userId }), type: 'logout' });
    const client = DynamoDBDocumentClient.from(new DynamoDBClient(stage().client));
    const tallies = dynamoDbTallies(client, 'aviary-main-local', 'activity', () => 0);

    const seen = await eventually(
      () => tallies.read('2025-06-01T12:00:00.000Z', '2025-06-01T12:05:00.000Z'),
      ([window]) => window?.numbers['events:logout'] === 1 && window.numbers['events:login'] === 2,
    );

    expect(seen).toEqual([
      { window: '2025-06-01T12:00:00.000Z', numbers: { activeUsers: 2, 'events:login': 2, 'events:logout': 1 } },
    ]);
    await expect(parkedBy('user-activity')).resolves.toMatchObject([{ cause: 'NEWER_VERSION' }]);
  });

  it('tells the critical topic of security events, by cause, and parks what is none', async () => {
    const read = await subscribeQueue(endpoint, 'arn:aws:sns:eu-west-1:000000000000:aviary-critical-local');
    const source = `client-${randomUUID()}`;
    await put(
      'security-events',
      aSecurityEvent({ type: 'rateLimitExceeded', source }),
      { nothing: true },
      aSecurityEvent({ type: 'rateLimitExceeded', source }),
    );
    const told: { facts: { count: number } }[] = [];

    await eventually(
      async () => {
        told.push(...((await read()) as typeof told));
        return told.reduce((all, { facts }) => all + facts.count, 0);
      },
      (count) => count === 2,
    );

    expect(told.length).toBeLessThan(3);
    expect(told[0]).toMatchObject({
      code: 'RATE_LIMIT_EXCEEDED',
      service: 'security-events',
      stage: 'local',
      facts: { sources: [{ source }] },
    });
    await expect(parkedBy('security-events')).resolves.toMatchObject([{ cause: 'NOT_AN_EVENT' }]);
  });
});
