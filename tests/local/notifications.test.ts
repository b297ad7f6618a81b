import { randomUUID } from 'node:crypto';
import { sqsPark } from '@shared/batch/sqs-park';
import type { OrderEvent } from '@shared/contracts/order-events';
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CreateEmailIdentityCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { PutCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { dynamoDbRecipients } from '../../functions/notifications/dynamodb-recipients.ts';
import { dynamoDbSentMails } from '../../functions/notifications/dynamodb-sent-mails.ts';
import { sesMailer } from '../../functions/notifications/ses-mailer.ts';
import { userItem } from '../../functions/users/user-items.ts';
import { useStage } from '../support/aviary-stage.ts';
import { aUser } from '../support/runtime/a-user.ts';
import { anOrderEvent } from '../support/runtime/an-order-event.ts';
import { eventually } from '../support/runtime/eventually.ts';
import { mailerContract } from '../support/runtime/mailer-contract.ts';
import { makeTable } from '../support/runtime/make-table.ts';
import { parkContract } from '../support/runtime/park-contract.ts';
import { readDeadLetters } from '../support/runtime/read-dead-letters.ts';
import { sentMailsContract } from '../support/runtime/sent-mails-contract.ts';
import { readSesMails } from '../support/runtime/read-ses-mails.ts';

describe('notifications in the local cloud', () => {
  const stage = useStage();
  let endpoint: string;

  beforeAll(() => {
    endpoint = stage().cloud.endpoint;
  });

  const account = '000000000000';
  const sns = (): SNSClient => new SNSClient(stage().client);
  const sqs = (): SQSClient => new SQSClient(stage().client);
  const publish = async (message: string): Promise<void> => {
    const TopicArn = `arn:aws:sns:eu-west-1:${account}:aviary-order-events-local`;
    await sns().send(new PublishCommand({ TopicArn, Message: message }));
  };
  const lines = async (eventId: string): Promise<Record<string, unknown>[]> => {
    const logs = new CloudWatchLogsClient(stage().client);
    const { events = [] } = await logs.send(
      new FilterLogEventsCommand({ logGroupName: '/aws/lambda/aviary-notifications-local' }),
    );
    const parsed = events.flatMap(({ message = '' }) =>
      message.trimStart().startsWith('{') ? [JSON.parse(message) as Record<string, unknown>] : [],
    );
    return parsed.filter((line) => JSON.stringify(line).includes(eventId));
  };
  const anUserOfTheApi = async (): Promise<{ id: string; email: string }> => {
    const email = `${randomUUID()}@example.com`;
    const body = { email, name: 'Ada Lovelace' };
    const made = await (await stage().api())<{ id: string }>('POST', '/users', { body });
    return { id: made.body.data.id, email };
  };

  it('mail the user of an order once, although its event is published three times', async () => {
    const user = await anUserOfTheApi();
    const event: OrderEvent = anOrderEvent({ order: { userId: user.id } });
    const handled = (times: number): Promise<Record<string, unknown>[]> =>
      eventually(
        async () => (await lines(event.eventId)).filter(({ log_code }) => log_code === 'MAIL_HANDLED'),
        (found) => found.length === times,
      );

    // One after the other: a message that comes while the mail goes out is hidden for three minutes before it comes again.
    for (const times of [1, 2, 3]) {
      await publish(JSON.stringify(event));
      await handled(times);
    }

    const all = await handled(3);
    const mailed = await lines(event.order.id);
    expect(all.map(({ outcome }) => outcome).sort()).toEqual(['repeated', 'repeated', 'sent']);
    expect(all.map(({ correlation_id }) => correlation_id)).toEqual(Array(3).fill(event.correlationId));
    expect(mailed.filter(({ log_code }) => log_code === 'MAIL_LOGGED')).toMatchObject([
      { to: user.email, subject: 'We have your order' },
    ]);
  });

  it('put a message that is no event, and one of a newer version, into the dead-letter queue, with the cause', async () => {
    const client = sqs();
    const queue = `${endpoint}/${account}/aviary-notifications-dlq-local`;
    const newer = JSON.stringify({ ...anOrderEvent(), schemaVersion: 2 });
    await publish('no event at all');
    await publish(newer);
    const parked: { cause: string; body: string }[] = [];

    await eventually(
      async () => {
        const taken = await readDeadLetters(client, queue);
        parked.push(...taken.map(({ cause, body }) => ({ cause, body: Buffer.from(body).toString() })));
        return parked;
      },
      (found) => found.length >= 2,
    );

    expect(parked.sort((a, b) => a.cause.localeCompare(b.cause))).toEqual([
      { cause: 'NEWER_VERSION', body: newer },
      { cause: 'NOT_JSON', body: 'no event at all' },
    ]);
  });

  describe('recipients in DynamoDB', () => {
    it('are what the users function wrote', async () => {
      const { client, table } = await makeTable(endpoint);
      const user = aUser();
      await client.send(new PutCommand({ TableName: table, Item: userItem(user) }));
      const recipients = dynamoDbRecipients(client, table);

      await expect(recipients.find(user.id)).resolves.toEqual({ name: user.name, email: user.email });
      await expect(recipients.find(randomUUID())).resolves.toBeUndefined();
    });
  });

  describe('sent mails in DynamoDB', () => {
    let made: { client: DynamoDBDocumentClient; table: string };
    beforeAll(async () => {
      made = await makeTable(endpoint);
    });

    sentMailsContract((now) => dynamoDbSentMails(made.client, made.table, now));
  });

  describe('a mailer through SES', () => {
    const from = 'no-reply@example.com';
    beforeAll(async () => {
      await new SESv2Client(stage().client).send(new CreateEmailIdentityCommand({ EmailIdentity: from }));
    });

    mailerContract(() => ({
      mailer: sesMailer(new SESv2Client(stage().client), from),
      // SES sends for no address that was not verified.
      refusing: sesMailer(new SESv2Client(stage().client), 'somebody-else@example.com'),
      sent: () => readSesMails(endpoint),
    }));
  });

  describe('a park in SQS', () => {
    let url: string;
    beforeAll(async () => {
      const made = await sqs().send(new CreateQueueCommand({ QueueName: `park-${randomUUID()}` }));
      url = made.QueueUrl ?? '';
    });

    parkContract(() => ({ park: sqsPark(sqs(), url), parked: () => readDeadLetters(sqs(), url) }));
  });
});
