import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isObject, parseJson } from '../lib/json.ts';
import { localEndpoint } from './environment.ts';

/** What a running local cloud leaves for other terminals. */
export interface CloudRecord {
  readonly port: number;
  /** MiniStack's process; it leads the group of all that runs in the cloud. */
  readonly pid: number;
  /** The process that started it and is to stop it. */
  readonly owner: number;
  /** Chosen at the start; the cloud says it when asked, so that another program on the port is not taken for it. */
  readonly id: string;
  /** ISO 8601. */
  readonly startedAt: string;
  /** Its temporary folder, which goes when it ends. */
  readonly scratch: string;
}

export function writeRecord(directory: string, record: CloudRecord): void {
  const file = recordFile(directory);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(record, null, 2)}\n`);
}

/** The record, or undefined where there is none, or one that is cut off. */
export function readRecord(directory: string): CloudRecord | undefined {
  try {
    const value = parseJson(readFileSync(recordFile(directory), 'utf8'));
    if (!isObject(value)) return undefined;
    const { port, pid, owner, id, startedAt, scratch } = value;
    if (typeof port !== 'number' || typeof pid !== 'number' || typeof owner !== 'number') return undefined;
    if (typeof id !== 'string' || typeof startedAt !== 'string' || typeof scratch !== 'string') return undefined;
    return { port, pid, owner, id, startedAt, scratch };
  } catch {
    return undefined;
  }
}

/** Removes the record, unless another cloud has put its own there meanwhile. */
export function removeRecord(directory: string, id: string): void {
  const current = readRecord(directory);
  if (current === undefined || current.id === id) rmSync(recordFile(directory), { force: true });
}

/** Whether the recorded cloud answers on its port. */
export async function answers(record: Pick<CloudRecord, 'port' | 'id'>): Promise<boolean> {
  try {
    const url = `${localEndpoint(record.port)}/_ministack/health`;
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    const health = parseJson(await response.text());
    return isObject(health) && health['edition'] === record.id;
  } catch {
    return false;
  }
}

function recordFile(directory: string): string {
  return join(directory, 'cloud.json');
}
