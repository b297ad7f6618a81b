import type { _Record as StreamRecord, KinesisClient } from '@aws-sdk/client-kinesis';
import type { JsonObject } from '../lib/json.ts';
import { asking, clientConfig, type Connection } from '../stack/connection.ts';
import type { Stores } from './read-stores.ts';
import { readText } from './read-text.ts';

/** Records that are shown of a shard, and how often it is asked on its way to the newest. */
const most = { records: 100, reads: 20 };

/** Streams, with their latest records, the newest first. */
export async function streamStore(connection: Connection): Promise<Stores> {
  const sdk = await import('@aws-sdk/client-kinesis');
  const client = new sdk.KinesisClient(clientConfig(connection));

  async function names(): Promise<string[]> {
    const found: string[] = [];
    for await (const { StreamNames = [] } of sdk.paginateListStreams({ client }, {})) found.push(...StreamNames);
    return found;
  }

  async function latest(StreamName: string): Promise<JsonObject[]> {
    const { Shards = [] } = await client.send(new sdk.ListShardsCommand({ StreamName }));
    const read = Shards.map(({ ShardId = '' }) => readShard(client, StreamName, ShardId));
    const records = (await Promise.all(read)).flat();
    const at = (it: StreamRecord): number => it.ApproximateArrivalTimestamp?.getTime() ?? 0;
    return records.sort((one, other) => at(other) - at(one)).map(recordView);
  }

  return {
    list: async () => (await asking(connection, names())).map((name) => ({ name, count: null })),
    page: async (name) => ({ items: await asking(connection, latest(name)), next: null }),
  };
}

async function readShard(client: KinesisClient, StreamName: string, ShardId: string): Promise<StreamRecord[]> {
  const { GetRecordsCommand, GetShardIteratorCommand } = await import('@aws-sdk/client-kinesis');
  const begin = new GetShardIteratorCommand({ StreamName, ShardId, ShardIteratorType: 'TRIM_HORIZON' });
  let { ShardIterator } = await client.send(begin);
  let found: StreamRecord[] = [];
  for (let read = 0; ShardIterator !== undefined && read < most.reads; read += 1) {
    const {
      Records = [],
      NextShardIterator,
      MillisBehindLatest,
    } = await client.send(new GetRecordsCommand({ ShardIterator }));
    found = [...found, ...Records].slice(-most.records);
    ShardIterator = MillisBehindLatest === 0 || Records.length === 0 ? undefined : NextShardIterator;
  }
  return found;
}

function recordView({ SequenceNumber, PartitionKey, ApproximateArrivalTimestamp, Data }: StreamRecord): JsonObject {
  return {
    sequenceNumber: SequenceNumber ?? null,
    at: ApproximateArrivalTimestamp?.toISOString() ?? null,
    partitionKey: PartitionKey ?? null,
    data: readText(new TextDecoder().decode(Data)),
  };
}
