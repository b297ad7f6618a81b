import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench } from '../bench.ts';
import type { NpmStart } from '../npm-start.ts';
import type { Samples } from '../scenario.ts';
import { processesIn } from './processes.ts';

export const sampleEveryMs = 10_000;

/** What the memory is sampled of; `all` is the sum of the others. */
export const parts = ['all', 'command', 'cloud', 'functions', 'rest'] as const;

/** Samples the memory of all processes of `npm start`, in bytes, until it is over. */
export async function sampleMemory(
  bench: Bench,
  start: NpmStart,
  samples: Samples,
  isOver: () => boolean,
): Promise<void> {
  const { groups, owner, cloud } = start;
  while (!isOver()) {
    const processes = await processesIn(groups);
    const bytes = { all: 0, command: 0, cloud: 0, functions: 0, rest: 0 };
    for (const it of processes) {
      const part =
        it.pid === owner ? 'command' : it.pid === cloud ? 'cloud' : it.group === cloud ? 'functions' : 'rest';
      bytes[part] += it.bytes;
      bytes.all += it.bytes;
    }
    for (const part of parts) samples.add(part, bytes[part]);
    samples.add('processes', processes.length);
    await sleep(sampleEveryMs, undefined, { signal: bench.signal });
  }
}
