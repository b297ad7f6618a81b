import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { join } from 'node:path';
import { info } from '../../tools/lib/log.ts';
import { localClient } from '../../tools/local/environment.ts';
import { broken, cleanEnvironment, type Bench } from '../bench.ts';
import { until } from '../clouds.ts';
import { peakMemoryOf } from '../load/usage.ts';
import { customerToken } from '../load/customer-token.ts';
import { runTraffic } from '../load/traffic.ts';
import { paragraphs, table } from '../markdown.ts';
import { startThis } from '../npm-start.ts';
import { Samples, type Findings, type Scenario } from '../scenario.ts';
import { cells, count, seconds } from '../statistics.ts';
import { compareViews } from './compare-views.ts';
import { limitHeap } from './heap-limit.ts';
import { seedEvents } from './seed-events.ts';
import { unheard } from './stream-mapping.ts';

const maker = 'aviary-table-stream-local';
const sizes = [10_000, 30_000, 100_000];
const quickSizes = [400, 1_200];
/** A good part of the 256 MB that the function has; the rest of its process is no JavaScript. */
const heapMb = 128;
const settleMs = 300_000;

/** Makes the lists of orders anew, from more and more events, while orders go on being placed and paid. */
export const rebuildScenario: Scenario = {
  name: 'rebuild',
  title: 'The lists of orders made anew while writes go on',
  measure,
  describe,
};

async function measure(bench: Bench): Promise<Findings> {
  const samples = new Samples();
  const { root, api } = await startThis(bench);
  const { origin: endpoint } = new URL(api);
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(localClient(endpoint)));
  bench.atEnd(() => {
    client.destroy();
  });
  await limitHeap(endpoint, maker, heapMb);
  const token = await customerToken(root);
  let stored = 0;
  for (const size of bench.quick ? quickSizes : sizes) {
    info(`  ${size} events`);
    await unheard(endpoint, () => seedEvents(client, size - stored));
    stored = size;
    await rebuildOnce(bench, { root, endpoint, client, api, token, size }, samples);
  }
  return { samples: samples.all, facts: { sizes: (bench.quick ? quickSizes : sizes).join() } };
}

interface Place {
  readonly root: string;
  readonly endpoint: string;
  readonly client: DynamoDBDocumentClient;
  readonly api: string;
  readonly token: string;
  readonly size: number;
}

async function rebuildOnce(
  bench: Bench,
  { root, endpoint, client, api, token, size }: Place,
  samples: Samples,
): Promise<void> {
  const args = [join(root, 'tools', 'aviary.mjs'), 'rebuild-projection', 'orders', '--keep-old', '0', '--json'];
  const end = new AbortController();
  const begun = new Date();
  const written = (async () => {
    let [orders, requests] = [0, 0];
    while (!end.signal.aborted) {
      const traffic = await runTraffic({ url: api, token, until: { seconds: 1 }, connections: 1 });
      const [first] = traffic.errors;
      if (first !== undefined) throw broken(`A write went wrong: ${first}`);
      orders += traffic.orders;
      requests += traffic.requests;
    }
    return { orders, requests };
  })();
  const rebuilt = bench
    .timed('The rebuild', process.execPath, args, { cwd: root, env: cleanEnvironment({ AVIARY_SKIP_INSTALL: '1' }) })
    .finally(() => {
      end.abort();
    });
  const [{ ms }, { orders }] = await Promise.all([rebuilt, written]);
  let seen = { orders: 0, different: 0 };
  await until(bench, 'Lists that agree with the store', settleMs, async () => {
    seen = await compareViews(client);
    return seen.different === 0;
  });
  if (seen.orders < size / 4 + orders) throw broken('The store has lost an order.');
  samples.add(`${size} ms`, ms);
  samples.add(`${size} orders`, seen.orders);
  samples.add(`${size} placed`, orders);
  samples.add(`${size} memory`, await peakMemoryOf(endpoint, maker, begun));
}

function describe({ samples, facts }: Findings): string {
  const rows = (facts['sizes'] ?? '').split(',').map((size) => {
    const of = (name: string): readonly number[] => samples[`${size} ${name}`] ?? [];
    const one = (name: string, unit: (value: number) => string): string => cells(of(name), unit)[0] ?? '';
    const perSecond = Number(size) / ((of('ms')[0] ?? Number.NaN) / 1_000);
    return [
      Number(size).toLocaleString('en-US'),
      one('orders', count),
      one('placed', count),
      one('ms', seconds),
      String(Math.round(perSecond)),
      one('memory', (value) => `${value} MB`),
    ];
  });
  return paragraphs(
    `\`aviary rebuild-projection orders\`, a whole process, from its start to its end, on this repository under \`npm start\`, while one
customer after the other creates a user, places an order, changes, pays and ships it, and reads. The events (four of each order) are put
straight into the store before. Afterwards every order in the lists is compared with what the store's last event of it
says; a difference that stays would have ended the run without a figure. The memory is the most that the function which
makes the lists had at the end of one of its invocations: that of its process, Node.js and its packages included.`,
    table(['events before', 'orders after', 'placed meanwhile', 'rebuild', 'events a second', 'peak memory'], ...rows),
    `The function's heap is held to ${heapMb} MB (Node.js' \`--max-old-space-size\`), since the local cloud holds no function to
its memory; with more it would have ended the run. Of what is left of its process, most is Node.js and packages. Larger stores are slower here for the sake of the local
cloud, which sorts the whole table for each page that is read of it. There is no alternative beside it, and each size is
measured once.`,
  );
}
