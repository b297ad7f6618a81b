import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseJson } from '../../tools/lib/json.ts';
import { info } from '../../tools/lib/log.ts';
import { localEndpoint } from '../../tools/local/environment.ts';
import { Account } from '../account.ts';
import { broken, type Bench } from '../bench.ts';
import { until } from '../clouds.ts';
import { NpmStart } from '../npm-start.ts';
import { cloneOfThis, edit } from '../repositories.ts';
import { Samples, type Findings, type Scenario } from '../scenario.ts';
import { kinds, type Save } from '../scenarios/saves.ts';
import { describeEndurance } from './section.ts';
import { followLogs } from './follow-logs.ts';
import { sampleMemory } from './sample-memory.ts';
import { processesIn } from './processes.ts';

const quickMinutes = 1;
/** From one save to the next: as fast as somebody works who saves all the time. */
const saveEveryMs = 5_000;
/**
 * Samples are taken just before a save. For 1.5 s after one, a process is missing that is made ready for the next: a clock
 * of their own had samples fall into that gap for minutes, and out of it, which looked like growth.
 */
const savesPerSample = 2;
const limitMs = 60_000;
/** So many numbers are written into the sources; then they begin again. */
const numbers = 200;

/** Works on `npm start` for so long, and samples its memory. */
export const enduranceScenario = (minutes = 30): Scenario => ({
  name: 'endurance',
  title: 'Memory over a long time of work',
  isLong: true,
  measure: async (bench) => await measure(bench, bench.quick ? quickMinutes : minutes),
  describe: describeEndurance,
});

async function measure(bench: Bench, minutes: number): Promise<Findings> {
  const samples = new Samples();
  const root = await cloneOfThis(bench);
  const start = new NpmStart(bench, root);
  await start.says(/Watching\./);
  const account = new Account(localEndpoint(start.port));
  bench.atEnd(() => {
    account.close();
  });
  const logs = followLogs(bench, root);
  const end = performance.now() + minutes * 60_000;
  const isOver = (): boolean => performance.now() > end;
  let saves = 0;
  for (; !isOver(); saves += 1) {
    const next = performance.now() + saveEveryMs;
    const save = kinds[saves % kinds.length]?.(saves % numbers);
    if (save === undefined) throw new Error('there is no save');
    if (saves % savesPerSample === 0) await sampleMemory(start, samples);
    await saveAndInvoke(bench, { root, start, account }, save);
    if (saves % kinds.length === 0) info(`  ${saves + 1} saves, ${logs.lines} lines of logs`);
    await sleep(Math.max(0, next - performance.now()), undefined, { signal: bench.signal });
  }
  if (logs.lines === 0) throw broken('logs --follow has shown nothing.');
  await logs.stop();
  const left = await leftAfterInterrupt(start);
  const facts = { minutes: String(minutes), saves: String(saves), lines: String(logs.lines), left: left.join(', ') };
  return { samples: samples.all, facts: { ...facts, everyMs: String(savesPerSample * saveEveryMs) } };
}

interface Worked {
  readonly root: string;
  readonly start: NpmStart;
  readonly account: Account;
}

async function saveAndInvoke(bench: Bench, { root, start, account }: Worked, save: Save): Promise<void> {
  const { path, name, event } = save;
  const from = start.said;
  edit(root, path, save.from, save.to);
  await start.says(/swapped .+ in \d+ ms/, from);
  const sent = typeof event === 'string' ? parseJson(readFileSync(join(root, event), 'utf8')) : event;
  await until(bench, `The new code of ${path}`, limitMs, async () => {
    const answer = await account.invoke(`aviary-${name}-local`, 'live', sent);
    return answer?.includes(save.wanted) === true;
  });
}

/** Ends it as Ctrl-C does. @returns the commands of the processes that are left of it */
async function leftAfterInterrupt(start: NpmStart): Promise<string[]> {
  const { groups } = start;
  await start.interrupt();
  return (await processesIn(groups)).map(({ command }) => command);
}
