import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** This machine by the name that people know it by. */
export function machineName(): string {
  return hostname();
}

/**
 * What tells the process ids of this machine from all others, until it starts anew; undefined where nothing does. A host
 * name would not: GitHub's runners share one, and containers of one machine have ids of their own.
 */
export function processSpace(): string | undefined {
  try {
    if (process.platform === 'darwin')
      return execFileSync('sysctl', ['-n', 'kern.bootsessionuuid'], { encoding: 'utf8' }).trim();
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return undefined;
  }
}
