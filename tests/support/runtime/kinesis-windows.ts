import type { KinesisStreamEvent, KinesisStreamRecord, KinesisStreamTumblingWindowEvent } from 'aws-lambda';

/** What is put on a stream: on which shard, when it arrives (in milliseconds since 1970), and the data, JSON unless it is text. */
export interface Arrival {
  readonly shard: string;
  readonly at: number;
  readonly data: unknown;
}

const stream = 'arn:aws:kinesis:eu-west-1:000000000000:stream/aviary-order-events-local';

/** A record as Lambda hands it over. */
export function kinesisRecord({ shard, at, data }: Arrival, number: number): KinesisStreamRecord {
  const text = typeof data === 'string' ? data : JSON.stringify(data);
  const sequenceNumber = String(number).padStart(56, '0');
  return {
    kinesis: {
      kinesisSchemaVersion: '1.0',
      partitionKey: '1',
      sequenceNumber,
      data: Buffer.from(text).toString('base64'),
      approximateArrivalTimestamp: at / 1_000,
    },
    eventSource: 'aws:kinesis',
    eventVersion: '1.0',
    eventID: `${shard}:${sequenceNumber}`,
    eventName: 'aws:kinesis:record',
    invokeIdentityArn: 'arn:aws:iam::000000000000:role/lambda-role',
    awsRegion: 'eu-west-1',
    eventSourceARN: stream,
  };
}

/** A batch of a stream without windows, all of one shard. */
export const kinesisEvent = (...data: readonly unknown[]): KinesisStreamEvent => ({
  Records: data.map((it, at) => kinesisRecord({ shard: 'shardId-000000000000', at: 0, data: it }, at)),
});

/** A function with tumbling windows. */
export type WindowedHandler = (event: KinesisStreamTumblingWindowEvent) => Promise<{ readonly state?: unknown }>;

const windowLength = 300_000;
const stateLimit = 1_048_576;
const iso = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}Z`;

/**
 * Hands a stream to a function as Lambda does with `TumblingWindowInSeconds: 300`: shard by shard, by time of arrival,
 * in batches; the state of one invocation is the next one's, as JSON and of 1 MB at most, above which the window ends
 * early; a last invocation without records ends it. A batch that fails comes again in halves, with the state as it was.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-windows.html
 */
export async function feedWindows(
  handler: WindowedHandler,
  arrivals: readonly Arrival[],
  batchSize: number,
): Promise<void> {
  const numbered = arrivals.map((arrival, at) => ({ ...arrival, record: kinesisRecord(arrival, at) }));
  for (const [shardId, ofShard] of Map.groupBy(numbered, ({ shard }) => shard)) {
    const windows = Map.groupBy(ofShard, ({ at }) => Math.floor(at / windowLength) * windowLength);
    for (const [start, ofWindow] of [...windows].sort(([one], [other]) => one - other)) {
      let state: unknown = {};
      const invoke = async (Records: KinesisStreamRecord[], final: boolean, early = false): Promise<void> => {
        const answer = await handler({
          Records,
          window: { start: iso(start), end: iso(start + windowLength) },
          state: state as Record<string, unknown>,
          ...{ shardId, eventSourceARN: stream },
          isFinalInvokeForWindow: final,
          isWindowTerminatedEarly: early,
        });
        state = JSON.parse(JSON.stringify(answer.state ?? {}));
      };
      const deliver = async (records: KinesisStreamRecord[]): Promise<void> => {
        try {
          await invoke(records, false);
        } catch {
          const half = Math.ceil(records.length / 2);
          await deliver(records.slice(0, half));
          if (half < records.length) await deliver(records.slice(half));
        }
        if (JSON.stringify(state).length <= stateLimit) return;
        await invoke([], true, true);
        state = {};
      };
      const records = ofWindow.sort((one, other) => one.at - other.at).map(({ record }) => record);
      for (let at = 0; at < records.length; at += batchSize) await deliver(records.slice(at, at + batchSize));
      await invoke([], true).catch(() => invoke([], true));
    }
  }
}
