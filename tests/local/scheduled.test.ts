import { dynamoDbTallies } from '@shared/tallies/dynamodb-tallies';
import { orderNumbers, orderSeries } from '@shared/orders/order-numbers';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { DynamoDBDocumentClient, GetCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { dynamoDbExpiredItems } from '../../functions/scheduled/dynamodb-expired-items.ts';
import { useStage } from '../support/aviary-stage.ts';
import { inFull } from '../support/depth.ts';
import { askEventBridge } from '../support/event-bridge.ts';
import { eventually } from '../support/runtime/eventually.ts';
import { expiredItemsContract } from '../support/runtime/expired-items-contract.ts';
import { makeTable } from '../support/runtime/make-table.ts';
import { subscribeQueue } from '../support/runtime/subscribe-queue.ts';

/** A rule is due after a minute at the earliest: by night. */
const describeInFull = inFull ? describe : describe.skip;

describe('the jobs of the schedule in the local cloud', () => {
  const TableName = 'aviary-main-local';
  const stage = useStage();
  let endpoint: string;
  let client: DynamoDBDocumentClient;

  beforeAll(() => {
    endpoint = stage().cloud.endpoint;
    client = DynamoDBDocumentClient.from(new DynamoDBClient(stage().client));
  });

  const run = async (event: unknown): Promise<unknown> => {
    const lambda = new LambdaClient(stage().client);
    const { Payload, FunctionError } = await lambda.send(
      new InvokeCommand({
        FunctionName: 'aviary-scheduled-local',
        Qualifier: 'live',
        Payload: Buffer.from(JSON.stringify(event)),
      }),
    );
    return { error: FunctionError, result: JSON.parse(Payload?.transformToString() ?? 'null') as unknown };
  };

  it('sum up a day into an item, and tell it to the info topic', async () => {
    const read = await subscribeQueue(endpoint, 'arn:aws:sns:eu-west-1:000000000000:aviary-info-local');
    const numbers = orderNumbers({ amount: 1_250, currency: 'USD' });
    await dynamoDbTallies(client, TableName, orderSeries, () => Date.now() / 1_000).add('shard', [
      { onceId: 'a', window: '2025-04-01T00:00:00.000Z', numbers },
      { onceId: 'b', window: '2025-04-01T23:55:00.000Z', numbers },
    ]);
    const summary = {
      date: '2025-04-01',
      orders: 2,
      currencies: [{ currency: 'USD', orders: 2, revenue: 2_500, average: 1_250 }],
    };

    const answer = await run({ job: 'orderSummary', date: '2025-04-01' });

    const { Item } = await client.send(new GetCommand({ TableName, Key: { pk: 'SUMMARY#orders', sk: '2025-04-01' } }));
    const told = await eventually(read, (messages) => messages.length > 0);
    expect(answer).toEqual({ error: undefined, result: summary });
    expect(Item).toMatchObject(summary);
    expect(told).toMatchObject([{ code: 'ORDER_SUMMARY', service: 'scheduled', facts: summary }]);
  });

  it('remove what has expired', async () => {
    const Key = { pk: 'DELIVERY#expired', sk: 'DELIVERY' };
    await client.send(new PutCommand({ TableName, Item: { ...Key, expiresAt: 1 } }));

    const answer = await run({ job: 'cleanUp' });

    expect(answer).toMatchObject({ result: { removed: 1, wholeTable: true } });
    expect((await client.send(new GetCommand({ TableName, Key }))).Item).toBeUndefined();
  });

  it('fail for an event that names no job', async () => {
    await expect(run({ job: 'coffee' })).resolves.toMatchObject({
      result: { errorMessage: expect.stringMatching(/^job: /) as string },
    });
  });

  describe('by the rules that the stack has made', () => {
    const rules = ['aviary-clean-up-local', 'aviary-order-summary-local'];

    it.each(rules)('are run with what %s hands over', async (Rule) => {
      interface Listed {
        readonly Targets: readonly { readonly Arn: string; readonly Input: string }[];
      }
      const { Targets } = await askEventBridge<Listed>(endpoint, 'ListTargetsByRule', { Rule });

      const answers = await Promise.all(Targets.map(({ Input }) => run(JSON.parse(Input))));

      expect(Targets).toMatchObject([
        { Arn: expect.stringMatching(/:function:aviary-scheduled-local:live$/) as string },
      ]);
      expect(answers).toMatchObject([{ error: undefined }]);
    });

    describeInFull('when one is due', () => {
      it('are run without anybody who asks', async () => {
        const Key = { pk: 'DELIVERY#due', sk: 'DELIVERY' };
        await client.send(new PutCommand({ TableName, Item: { ...Key, expiresAt: 1 } }));

        await askEventBridge(endpoint, 'PutRule', { Name: rules[0], ScheduleExpression: 'rate(1 minute)' });

        const left = await eventually(
          async () => (await client.send(new GetCommand({ TableName, Key }))).Item,
          (item) => item === undefined,
          120,
        );
        expect(left).toBeUndefined();
      }, 150_000);
    });
  });

  describe('expired items in DynamoDB', () => {
    expiredItemsContract(async () => {
      const { client: own, table } = await makeTable(endpoint);
      return {
        ...dynamoDbExpiredItems(own, table),
        put: async (item) => {
          await own.send(new PutCommand({ TableName: table, Item: item }));
        },
        keys: async () => {
          const { Items = [] } = await own.send(new ScanCommand({ TableName: table }));
          return Items.map(({ pk }) => String(pk)).sort();
        },
      };
    });
  });
});
