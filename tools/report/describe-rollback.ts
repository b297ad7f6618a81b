import { shortRelease } from '../plan/recorded-block.ts';
import type { RollbackResult } from '../rollback/roll-back.ts';

/** A rollback for people. */
export function describeRollback({ stage, functions, health }: RollbackResult): string {
  const width = Math.max(8, ...functions.map(({ name }) => name.length));
  const rows = functions.map(({ name, from, to, version }) => {
    const at = version === null ? 'its version was gone, and was published again' : `version ${version}, at once`;
    return `  ${name.padEnd(width)}  ${from.slice(0, shortRelease)} → ${to.slice(0, shortRelease)}  ${at}`;
  });
  const well = health ? [health.ok ? `  healthy: ${health.url}` : `  NOT healthy: ${health.problem ?? ''}`] : [];
  return [`Rolled back in ${stage}:`, ...rows, ...well, ''].join('\n');
}
