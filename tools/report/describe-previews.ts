import type { Preview } from '../preview/preview.ts';
import type { Swept } from '../preview/sweep-previews.ts';
import { table } from './table.ts';

/** The previews of an account, for people. */
export function describePreviews(previews: readonly Preview[]): string {
  if (previews.length === 0) return 'There are no previews.\n';
  const rows = previews.map(({ name, state, expires, url }) => [name, state, expires ?? 'no day', url ?? '']);
  return [...table(['preview', 'state', 'until', 'address'], rows), ''].join('\n');
}

/** What a sweep would remove. */
export function describeExpired(previews: readonly Preview[]): string {
  if (previews.length === 0) return 'No preview has expired.\n';
  return `${describePreviews(previews)}\nNothing was removed. To remove these: the same again with --yes.\n`;
}

/** What a sweep has removed. */
export function describeSwept(swept: readonly Swept[]): string {
  if (swept.length === 0) return 'No preview has expired.\n';
  const line = ({ name, problem }: Swept): string =>
    problem === null ? `${name} is gone.` : `${name} STAYS: ${problem}`;
  return `${swept.map(line).join('\n')}\n`;
}
