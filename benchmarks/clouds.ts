import { startCloud, type Cloud } from '../tools/local/cloud.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import { Account } from './account.ts';
import { broken, type Bench } from './bench.ts';

/** A local cloud of its own, gone at the end of the scenario. */
export async function ownCloud(
  bench: Bench,
  root: string,
  directory: string,
): Promise<{ readonly cloud: Cloud; readonly account: Account }> {
  const cloud = await startCloud({ root, directory, port: 0 });
  bench.atEnd(() => cloud.stop());
  const account = new Account(cloud.endpoint);
  bench.atEnd(() => {
    account.close();
  });
  return { cloud, account };
}

/** Asks until the answer is the wanted one. @throws Failure when it does not come in time */
export async function until(bench: Bench, what: string, limitMs: number, ask: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + limitMs;
  while (!(await ask())) {
    bench.signal.throwIfAborted();
    if (performance.now() > end) throw broken(`${what} did not come within ${limitMs / 1000} s.`);
    await sleep(10);
  }
}

/** Whether `GET` answers 200. */
export async function isWell(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(10_000) });
    await response.arrayBuffer();
    return response.status === 200;
  } catch {
    return false;
  }
}
