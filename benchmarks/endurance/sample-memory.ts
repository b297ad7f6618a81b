import type { NpmStart } from '../npm-start.ts';
import type { Samples } from '../scenario.ts';
import { processesIn } from './processes.ts';

/** What the memory is sampled of; `all` is the sum of the others. */
export const parts = ['all', 'command', 'cloud', 'functions', 'rest'] as const;

/** Adds to the samples what all processes of `npm start` have now, in bytes. */
export async function sampleMemory({ groups, owner, cloud }: NpmStart, samples: Samples): Promise<void> {
  const processes = await processesIn(groups);
  const bytes = { all: 0, command: 0, cloud: 0, functions: 0, rest: 0 };
  for (const it of processes) {
    const part = it.pid === owner ? 'command' : it.pid === cloud ? 'cloud' : it.group === cloud ? 'functions' : 'rest';
    bytes[part] += it.bytes;
    bytes.all += it.bytes;
  }
  for (const part of parts) samples.add(part, bytes[part]);
  samples.add('processes', processes.length);
}
