import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';

/** `ann@laptop`: who runs this process, and where. */
export function personHere(): string {
  try {
    return `${userInfo().username}@${hostname()}`;
  } catch {
    // A container may run as a number that no name belongs to.
    return `somebody@${hostname()}`;
  }
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
