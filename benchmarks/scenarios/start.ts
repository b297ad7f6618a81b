import { join } from 'node:path';
import { info } from '../../tools/lib/log.ts';
import { startCloud } from '../../tools/local/cloud.ts';
import { Account } from '../account.ts';
import type { Bench } from '../bench.ts';
import { isWell, until } from '../clouds.ts';
import { paragraphs, table } from '../markdown.ts';
import { NpmStart } from '../npm-start.ts';
import { makeBucket, plainSam } from '../plain-sam.ts';
import { cloneOfThis, forPlainSam } from '../repositories.ts';
import { Samples, type Findings, type Scenario } from '../scenario.ts';
import { bound, cells, seconds, times } from '../statistics.ts';

const rounds = 7;
const limitMs = 20_000;
const answerMs = 20_000;

export const startScenario: Scenario = {
  name: 'start',
  title: 'From npm start to an answer',
  measure: async (bench) => {
    const samples = new Samples();
    const [started, typed] = [await cloneOfThis(bench), await cloneOfThis(bench)];
    forPlainSam(typed);
    for (let round = 0; round < bench.rounds(rounds); round += 1) {
      info(`  round ${round + 1}: npm start`);
      samples.add('start', await npmStart(bench, started));
      info(`  round ${round + 1}: sam build, sam deploy`);
      await byHand(bench, typed, samples);
    }
    return { samples: samples.all, facts: {} };
  },
  describe,
};

async function npmStart(bench: Bench, root: string): Promise<number> {
  const begun = performance.now();
  const process = new NpmStart(bench, root);
  const [url] = await process.says(/http:\S+\/health/);
  await until(bench, 'A 200 of /health', answerMs, () => isWell(url));
  const ms = performance.now() - begun;
  await process.stop();
  return ms;
}

async function byHand(bench: Bench, root: string, samples: Samples): Promise<void> {
  const begun = performance.now();
  const directory = join(root, '.aviary', 'local');
  const cloud = await startCloud({ root, directory, port: 0, signal: bench.signal });
  const account = new Account(cloud.endpoint);
  try {
    const sam = plainSam(bench, root, 'aviary', cloud.endpoint);
    sam.clean();
    await makeBucket(root, sam.bucket, cloud.endpoint);
    samples.add('sam build', await sam.build());
    samples.add('sam deploy', await sam.deploy());
    const api = await account.output('aviary-local', 'ApiId');
    const url = `${cloud.endpoint}/_aws/execute-api/${api}/local/health`;
    await until(bench, 'A 200 of /health', answerMs, () => isWell(url));
    samples.add('sam', performance.now() - begun);
  } finally {
    account.close();
    await cloud.stop();
  }
}

function describe({ samples }: Findings): string {
  const of = (name: string): readonly number[] => samples[name] ?? [];
  const row = (what: string, name: string, ratio: string): string[] => [what, ...cells(of(name), seconds), ratio];
  return paragraphs(
    `This repository's own functions in a clone with everything installed: from typing \`npm start\` to the first 200 of
\`GET /health\`, asked as soon as its address is shown. Beside it, what a person would type: the same local cloud
started, \`sam build\`, \`sam deploy\` (of the template without its canaries, which the local cloud refuses, without API
keys, which plain SAM would ask for, and without AWS_ENDPOINT_URL, which the cloud then sets itself), and the
first 200. Both sides start with an empty cloud; the time to type is not counted.`,
    table(
      ['', 'median', 'spread', 'n', 'to `npm start`'],
      row('`npm start`', 'start', '1'),
      row('local cloud, `sam build`, `sam deploy`', 'sam', times(of('sam'), of('start'))),
      row('of which `sam build`', 'sam build', ''),
      row('of which `sam deploy`', 'sam deploy', ''),
    ),
    bound('from `npm start` to an answer', of('start'), limitMs, seconds),
  );
}
