import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { cloudDirectory } from '../../tools/local/cloud.ts';
import { type CloudRecord, readRecord } from '../../tools/local/record.ts';
import { AviaryProcess, type Outcome } from './aviary.ts';
import type { Clone } from './clone.ts';
import { apiAt, type Api } from './http.ts';

/** `npm start` in a clone. */
export class Started {
  readonly process: AviaryProcess;
  readonly #clone: Clone;

  constructor(clone: Clone, args: readonly string[] = []) {
    this.#clone = clone;
    this.process = new AviaryProcess(clone.root, ['start', '--port', '0', ...args]);
  }

  /** The record of its cloud, while that runs. */
  get record(): CloudRecord | undefined {
    return recordIn(this.#clone);
  }

  /** The address of the API, out of what it prints for people. */
  get api(): Api {
    const url = /(http:\S+)\/users/.exec(this.process.stdout)?.[1];
    if (url === undefined) throw new Error(`It names no address:\n${this.process.stdout}`);
    return apiAt(url);
  }

  /** Does something and waits for what is said of it. */
  async after(edit: () => void | Promise<void>, wanted: RegExp): Promise<RegExpExecArray> {
    const from = this.process.stderr.length;
    await edit();
    return this.process.says(wanted, from);
  }

  /** Ctrl-C. */
  async interrupt(): Promise<{ outcome: Outcome; group: number }> {
    const group = this.record?.pid ?? 0;
    this.process.child.kill('SIGINT');
    return { outcome: await this.process.outcome, group };
  }

  async kill(): Promise<void> {
    this.process.child.kill('SIGKILL');
    await this.process.outcome;
  }
}

/** The record of the cloud that runs in a clone. */
export const recordIn = (clone: Clone): CloudRecord | undefined => readRecord(cloudDirectory(clone.root));

/**
 * Processes that have the clone's folder, or the cloud's group, in what the system says of them; one that was ended is
 * there until something has collected it.
 */
export async function leftAfterAll(clone: Clone, group: number): Promise<string[]> {
  for (let attempt = 0; attempt < 100 && left(clone, group).length > 0; attempt += 1) await sleep(50);
  return left(clone, group);
}

function left(clone: Clone, group: number): string[] {
  return processes()
    .filter((it) => it.state !== 'Z' && (it.group === group || it.command.includes(clone.root)))
    .map(({ command }) => command);
}

/** What the system says of all its processes. */
export function processes(): { pid: number; state: string; group: number; command: string }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
          .replace(/^.*\) /, '')
          .split(' ');
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
        const [state = '', , group] = stat;
        return [{ pid: Number(pid), state, group: Number(group), command }];
      } catch {
        return [];
      }
    });
}
