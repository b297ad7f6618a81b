import {
  InvokeCommand,
  LambdaClient,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  UpdateAliasCommand,
  UpdateFunctionCodeCommand,
} from '@aws-sdk/client-lambda';
import { KinesisClient, PutRecordCommand } from '@aws-sdk/client-kinesis';
import { GetQueueUrlCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { zipSync, strToU8 } from 'fflate';
import { join } from 'node:path';
import { evaluateAlarm } from '../../tools/alarms/evaluate-alarm.ts';
import { alarmIn } from '../../tools/canary/canary-rules.ts';
import { objectAt, stringAt, type JsonObject } from '../../tools/lib/json.ts';
import { readLogEvents } from '../../tools/logs/read-log-events.ts';
import type { Datapoint } from '../../tools/metrics/datapoint.ts';
import { dimensionsOf } from '../../tools/metrics/invocation.ts';
import { readLocalMetrics } from '../../tools/metrics/read-local-metrics.ts';
import { connect, type Connection } from '../../tools/stack/connection.ts';
import { nestedResources } from '../../tools/template/nested-templates.ts';
import { readStage } from '../../tools/template/read-stages.ts';
import { readTemplate } from '../../tools/template/read-template.ts';
import { resolveTemplate } from '../../tools/template/resolve-template.ts';
import { useStage } from '../support/aviary-stage.ts';
import { repository } from '../support/cloud.ts';
import { aLogin } from '../support/runtime/an-activity.ts';
import { eventually } from '../support/runtime/eventually.ts';

/** Nobody waits for five minutes here: what may wait so long in production may wait for a second and a half. */
const sooner = (alarm: JsonObject): JsonObject =>
  stringAt(alarm, 'MetricName') === 'IteratorAge' ? { ...alarm, Threshold: Number(alarm['Threshold']) / 200 } : alarm;

/** The alarms that production has of what runs, but for those of new versions, for the metrics of the local stage. */
function productionAlarms(): JsonObject[] {
  const { parameters } = readStage(repository, 'production');
  const { resources } = resolveTemplate(readTemplate(join(repository, 'template.yaml')), parameters);
  return Object.values(nestedResources(repository, resources))
    .flatMap((blocks) => Object.values(blocks))
    .filter((block) => block['Type'] === 'AWS::CloudWatch::Alarm')
    .map((block) => sooner(alarmIn(objectAt(block, 'Properties'), ['production', 'local'], '')));
}

/**
 * What Lambda would count of a function that logs when the last record of its batch arrived: how old that was when the
 * function got it. The local cloud does not count it.
 */
async function iteratorAges(connection: Connection, functionName: string): Promise<Datapoint[]> {
  const metric = { namespace: 'AWS/Lambda', name: 'IteratorAge', unit: 'Milliseconds' };
  const events = await readLogEvents(connection, [functionName]);
  return events.flatMap(({ at, message }) => {
    const arrived = Number(/^\{"arrived":([\d.]+)\}$/.exec(message)?.[1]);
    if (Number.isNaN(arrived)) return [];
    return dimensionsOf(functionName, '1').map((dimensions) => ({ ...metric, dimensions, at, value: at - arrived }));
  });
}
const isOld = ({ name, value }: Datapoint): boolean => name === 'IteratorAge' && value > 1_500;

describe('the alarms of production, over what faults leave in the metrics of the local stage', () => {
  const stage = useStage();
  const alarms = productionAlarms();
  const stuckFunction = 'aviary-user-activity-local';
  let red: string[] = [];

  /** Puts other code behind the alias. */
  const replace = async (name: string, code: string): Promise<void> => {
    const FunctionName = `aviary-${name}-local`;
    const ZipFile = zipSync({ 'handler.js': strToU8(code) });
    await stage().lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile }));
    const { Version } = await stage().lambda.send(new PublishVersionCommand({ FunctionName }));
    await stage().lambda.send(new UpdateAliasCommand({ FunctionName, Name: 'live', FunctionVersion: Version }));
  };
  const invoke = async (name: string, times = 1): Promise<void> => {
    const input = { FunctionName: `aviary-${name}-local`, Qualifier: 'live', Payload: Buffer.from('{}') };
    for (let time = 0; time < times; time += 1) await stage().lambda.send(new InvokeCommand(input));
  };
  const faults: Record<string, () => Promise<void>> = {
    erroring: async () => {
      await replace('processor', 'exports.handler = async () => { throw new Error("on purpose"); };');
      await invoke('processor', 4);
    },
    slow: async () => {
      await replace('scheduled', 'exports.handler = () => new Promise((resolve) => setTimeout(resolve, 8_200));');
      await invoke('scheduled');
    },
    throttled: async () => {
      const FunctionName = 'aviary-secret-rotation-local';
      const none = { FunctionName, ReservedConcurrentExecutions: 0 };
      await stage().lambda.send(new PutFunctionConcurrencyCommand(none));
      // The local cloud holds to it without the alias alone.
      const refused = new LambdaClient({ ...stage().client, maxAttempts: 1 }).send(new InvokeCommand({ FunctionName }));
      await expect(refused).rejects.toMatchObject({ name: 'TooManyRequestsException' });
    },
    poison: async () => {
      const client = new SQSClient(stage().client);
      const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName: 'aviary-notifications-local' }));
      await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'no JSON' }));
      client.destroy();
    },
    stuck: async () => {
      await replace(
        'user-activity',
        `exports.handler = async ({ Records }) => {
          console.log(JSON.stringify({ arrived: Records.at(-1).kinesis.approximateArrivalTimestamp * 1000 }));
          throw new Error("on purpose");
        };`,
      );
      const client = new KinesisClient(stage().client);
      const Data = Buffer.from(JSON.stringify(aLogin()));
      await client.send(new PutRecordCommand({ StreamName: 'aviary-user-activity-local', PartitionKey: '1', Data }));
      client.destroy();
    },
  };

  beforeAll(async () => {
    const connection = await connect(stage().clone.root, readStage(stage().clone.root, 'local'));
    const from = Date.now();
    await Promise.all(Object.values(faults).map((make) => make()));
    const parked = ({ name, value }: Datapoint): boolean => name === 'RecordsParked' && value > 0;
    const stuck = ({ name, value, dimensions }: Datapoint): boolean =>
      name === 'Errors' && value > 0 && dimensions['FunctionName'] === stuckFunction && !('Resource' in dimensions);
    const datapoints = await eventually(
      async () => [
        ...(await readLocalMetrics(connection, { from, to: Date.now() + 1 })),
        ...(await iteratorAges(connection, stuckFunction)),
      ],
      (seen) => seen.some(parked) && seen.filter(stuck).length > 3 && seen.some(isOld),
    );
    // Their clock goes on to the end of ten minutes; what they look at was made within seconds.
    red = alarms
      .filter((alarm) =>
        evaluateAlarm(alarm, datapoints, { from, to: from + 600_000 }).some(({ state }) => state === 'ALARM'),
      )
      .map((alarm) => stringAt(alarm, 'AlarmName') ?? '');
  }, 120_000);

  it.each([
    ['a function that fails', 'processor', ['errors']],
    ['a function that is slow', 'scheduled', ['duration']],
    ['a function that is throttled', 'secret-rotation', ['throttles']],
    ['a poison message, which is parked', 'notifications', ['dlq-depth']],
    ['a stream whose function fails and gets no further', 'user-activity', ['errors', 'iterator-age']],
  ])('by %s only those go off that are meant to', (_what, name, kinds) => {
    expect(red.filter((alarm) => alarm.startsWith(`aviary-${name}-`))).toEqual(
      kinds.map((kind) => `aviary-${name}-${kind}-local`),
    );
  });

  it('and by all of them together no other', () => {
    expect(alarms.length).toBeGreaterThan(60);
    expect(red).toHaveLength(6);
  });
});
