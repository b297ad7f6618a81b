import { lambdaCost, prices } from '../../tools/cost/prices.ts';
import { info } from '../../tools/lib/log.ts';
import { broken, type Bench } from '../bench.ts';
import { paragraphs, table } from '../markdown.ts';
import { startThis } from '../npm-start.ts';
import { Samples, type Findings, type Scenario } from '../scenario.ts';
import { cells, count } from '../statistics.ts';
import { customerToken } from './customer-token.ts';
import { steps } from './customer.ts';
import { runTraffic } from './traffic.ts';
import { functionsIn, usageAtRest } from './usage.ts';

const connections = 10;
const rounds = 3;
const quickSeconds = 3;
/** So that ten callers at once have started what they need: no start of a function is in the figures. */
const warmUpSeconds = 10;

/**
 * Mixed traffic on the API of a local cloud of its own, so many seconds in all: in rounds, since the cloud ends a connection after
 * its thousandth request, and autocannon then takes answers for those of other requests.
 */
export const loadScenario = (seconds = 120): Scenario => ({
  name: 'load',
  title: 'Load on the sample domain',
  measure: async (bench) => await measure(bench, bench.quick ? Math.min(seconds, quickSeconds) : seconds),
  describe,
});

async function measure(bench: Bench, seconds: number): Promise<Findings> {
  const samples = new Samples();
  const { root, api } = await startThis(bench);
  const { origin } = new URL(api);
  const token = await customerToken(root);
  const names = await functionsIn(origin);
  const perRound = Math.max(1, Math.round(seconds / bench.rounds(rounds)));
  info(`  warming up: ${warmUpSeconds} s`);
  await runTraffic({ url: api, token, until: { seconds: warmUpSeconds }, connections });
  for (let round = 0; round < bench.rounds(rounds); round += 1) {
    info(`  round ${round + 1}: ${perRound} s`);
    const before = await usageAtRest(origin, names, bench.signal);
    const traffic = await runTraffic({ url: api, token, until: { seconds: perRound }, connections });
    const [first] = traffic.errors;
    if (first !== undefined) throw broken(`${traffic.errors.length} of the requests went wrong, the first: ${first}`);
    if (traffic.orders === 0) throw broken(`No order was placed in ${perRound} s: give it more (--seconds).`);
    const after = await usageAtRest(origin, names, bench.signal);
    const usage = names.map((name) => {
      const [from, to] = [before.get(name), after.get(name)];
      if (from === undefined || to === undefined) throw broken(`There is no function ${name}.`);
      return { invocations: to.invocations - from.invocations, ms: to.ms - from.ms, memoryMb: to.memoryMb };
    });
    const perThousand = 1_000 / traffic.orders;
    samples.add('per second', traffic.perSecond);
    samples.add('p50', traffic.p50Ms);
    samples.add('p99', traffic.p99Ms);
    samples.add('requests', traffic.requests);
    samples.add('orders', traffic.orders);
    samples.add('errors', traffic.errors.length);
    samples.add('invocations', usage.reduce((all, { invocations }) => all + invocations, 0) * perThousand);
    samples.add('GB-s', usage.reduce((all, { ms, memoryMb }) => all + (ms * memoryMb) / 1_024_000, 0) * perThousand);
    samples.add('lambda', usage.reduce((all, one) => all + lambdaCost(one, 'arm64'), 0) * perThousand);
    samples.add('api', traffic.requests * prices.apiPerRequest * perThousand);
  }
  return { samples: samples.all, facts: { seconds: String(perRound) } };
}

const dollars = (value: number): string => `$${value.toFixed(4)}`;
const ms = (value: number): string => `${Math.round(value)} ms`;
const tenths = (value: number): string => value.toFixed(1);

function describe({ samples, facts }: Findings): string {
  const row = (what: string, name: string, unit: (value: number) => string): string[] => [
    what,
    ...cells(samples[name] ?? [], unit),
  ];
  return paragraphs(
    `${connections} customers at once, each of whom does this over and over: ${steps.map(({ name }) => name).join(', ')}. A round takes ${facts['seconds'] ?? '?'} s, after
${warmUpSeconds} s that are not counted: on this repository under \`npm start\`, whose cloud, functions and load share the machine. A request with another status than the step's would have ended the run without a figure. There is no
alternative beside it: it says what this machine does, and what an order sets in motion.`,
    table(
      ['', 'median', 'spread', 'n'],
      row('requests a second', 'per second', tenths),
      row('p50', 'p50', ms),
      row('p99', 'p99', ms),
      row('requests', 'requests', count),
      row('orders', 'orders', count),
      row('unexpected answers', 'errors', count),
    ),
    'Of a thousand orders, with all that they set in motion, until the streams and queues were worked off:',
    table(
      ['', 'median', 'spread', 'n'],
      row('invocations of all functions', 'invocations', (value) => String(Math.round(value))),
      row('GB-seconds', 'GB-s', tenths),
      row('Lambda, arm64', 'lambda', dollars),
      row('REST API, requests', 'api', dollars),
    ),
    `An estimate: list prices of eu-west-1 (\`tools/cost/prices.ts\` has them with their source) times the invocations
and durations that the local cloud has counted, with the memory of the local stage. Durations are those of this machine
under load, and batches are those of the local cloud. Tables, queues, topics, streams, logs and traffic are not in it.`,
  );
}
