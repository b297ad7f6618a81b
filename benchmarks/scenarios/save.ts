import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseJson } from '../../tools/lib/json.ts';
import { info } from '../../tools/lib/log.ts';
import { localEndpoint } from '../../tools/local/environment.ts';
import { cloudDirectory } from '../../tools/local/cloud.ts';
import { Account } from '../account.ts';
import type { Background } from '../background.ts';
import { broken, type Bench } from '../bench.ts';
import { ownCloud, until } from '../clouds.ts';
import { NpmStart } from '../npm-start.ts';
import { makeBucket, plainSam, type PlainSam } from '../plain-sam.ts';
import { cloneOfThis, edit, forPlainSam } from '../repositories.ts';
import { samSync } from '../sam-sync.ts';
import { Samples, type Scenario } from '../scenario.ts';
import { describeSaves } from './save-section.ts';
import { kinds, type Save } from './saves.ts';

const saves = 50;
/** As many of them are made beside it, which take long: each file twice. */
const typedSaves = 12;
const limitMs = 60_000;
/** How long nobody does anything before a save: who edits has asked before, and has read the answer. */
const pauseMs = 2_000;
/** How long the plain side's alias is asked for code that its deploy did not publish. */
const patienceMs = 1_000;

export const saveScenario: Scenario = {
  name: 'save',
  title: 'From a save to the new code',
  measure: async (bench) => {
    const samples = new Samples();
    const watched = await watchedSide(bench);
    const typed = await typedSide(bench);
    const synced = await syncedSide(bench);
    for (let round = 0; round < Math.max(2, bench.quick ? 2 : saves); round += 1) {
      const save = kinds[round % kinds.length]?.(round);
      if (save === undefined) throw new Error('there is no save');
      info(`  save ${round + 1}: ${save.path}`);
      await saveWatched(bench, watched, save, samples);
      if (round >= typedSaves) continue;
      await saveTyped(typed, save, samples);
      if (save.kind === 'rule') await saveSynced(bench, synced, save, samples);
    }
    return { samples: samples.all, facts: {} };
  },
  describe: describeSaves,
};

interface Watched {
  readonly root: string;
  readonly process: Background;
  readonly account: Account;
}

async function watchedSide(bench: Bench): Promise<Watched> {
  const root = await cloneOfThis(bench);
  const process = new NpmStart(bench, root);
  await process.says(/Watching\./);
  const account = new Account(localEndpoint(process.port));
  bench.atEnd(() => {
    account.close();
  });
  return { root, process, account };
}

const line = /swapped (.+) in \d+ ms \(bundle (\d+) ms, swap (\d+) ms\)/;

async function saveWatched(bench: Bench, side: Watched, save: Save, samples: Samples): Promise<void> {
  await warm(side, save);
  const { ms, said } = await untilItRuns(bench, side, save, line);
  samples.add(`save ${save.kind}`, ms);
  const [, names = '', ...parts] = said;
  samples.add(`swapped ${save.kind}`, names.split(', ').length);
  for (const [at, name] of ['bundle', 'swap'].entries()) samples.add(`${save.kind} ${name}`, Number(parts[at]));
}

interface Run {
  readonly ms: number;
  readonly said: RegExpExecArray;
}

/**
 * Writes the file, and waits until the new code has answered.
 * @returns the milliseconds that it took, and what the watcher has said
 * @param done what the watcher says then. Before that nobody asks: who asks takes processor from what it waits for
 */
async function untilItRuns(bench: Bench, side: Watched, save: Save, done: RegExp): Promise<Run> {
  const from = side.process.said;
  const begun = performance.now();
  edit(side.root, save.path, save.from, save.to);
  const said = await side.process.says(done, from);
  await until(bench, `The new code of ${save.path}`, limitMs, () => answers(side, 'live', save));
  return { ms: performance.now() - begun, said };
}

/** As {@link typedSide}, with `sam sync --watch` in place of what is typed. */
async function syncedSide(bench: Bench): Promise<Watched> {
  const { root, account, sam } = await plainSide(bench);
  return { root, account, process: await samSync(bench, root, sam.bucket, account.endpoint) };
}

async function saveSynced(bench: Bench, side: Watched, save: Save, samples: Samples): Promise<void> {
  await warm(side, save);
  const { ms } = await untilItRuns(bench, side, save, /Finished syncing /);
  samples.add(`sync ${save.kind}`, ms);
}

interface Typed {
  readonly root: string;
  readonly sam: PlainSam;
  readonly account: Account;
}

async function typedSide(bench: Bench): Promise<Typed> {
  const side = await plainSide(bench);
  await side.sam.build();
  await side.sam.deploy();
  return side;
}

/** A clone for plain SAM, with a local cloud of its own and nothing in it. */
async function plainSide(bench: Bench): Promise<Typed> {
  const root = await cloneOfThis(bench);
  forPlainSam(root);
  const { account } = await ownCloud(bench, root, cloudDirectory(root));
  const sam = plainSam(bench, root, 'aviary', account.endpoint);
  await makeBucket(root, sam.bucket, account.endpoint);
  return { root, sam, account };
}

async function saveTyped(side: Typed, save: Save, samples: Samples): Promise<void> {
  const { root, sam } = side;
  await warm(side, save);
  const begun = performance.now();
  edit(root, save.path, save.from, save.to);
  samples.add(`sam build ${save.kind}`, await sam.build());
  samples.add(`sam deploy ${save.kind}`, await sam.deploy());
  samples.add(`sam ${save.kind}`, performance.now() - begun);
  if (!(await answers(side, '$LATEST', save)))
    throw broken(`After sam deploy, $LATEST of ${save.name} does not answer with the new code of ${save.path}.`);
  const end = performance.now() + patienceMs;
  let live = await answers(side, 'live', save);
  while (!live && performance.now() < end) live = await answers(side, 'live', save);
  samples.add(`sam live ${save.kind}`, live ? 1 : 0);
}

type Side = Pick<Watched, 'root' | 'account'>;

/** The function has been invoked before a save, as one that somebody works on, and what that has set off is done. */
async function warm(side: Side, save: Save): Promise<void> {
  if (await answers(side, 'live', save)) throw broken(`${save.path} answers with the new code before it was saved.`);
  await sleep(pauseMs);
}

async function answers({ root, account }: Side, qualifier: string, { name, event, wanted }: Save): Promise<boolean> {
  const sent = typeof event === 'string' ? parseJson(readFileSync(join(root, event), 'utf8')) : event;
  const answer = await account.invoke(`aviary-${name}-local`, qualifier, sent);
  return answer?.includes(wanted) === true;
}
