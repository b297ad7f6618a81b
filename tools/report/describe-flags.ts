import type { FlagRow } from '../flags/flag-document.ts';
import type { FlagDeployment } from '../flags/flag-store.ts';
import { table } from './table.ts';

const word = (on: boolean): string => (on ? 'on' : 'off');

/** How far the last deployment of flags is, as a sentence; nothing where it is over and well. */
export function describeDeployment(last: FlagDeployment | undefined): string {
  if (last === undefined || last.state === 'COMPLETE') return '';
  const far = `Deployment ${last.number} of the flags is ${last.state}, at ${Math.round(last.percent)} %.`;
  return last.state === 'ROLLED_BACK' ? `${far} What was there before it is back.\n` : `${far}\n`;
}

/** The flags of a stage, and how far a deployment of them is. */
export function describeFlags(rows: readonly FlagRow[], last: FlagDeployment | undefined): string {
  const lines = rows.map(({ name, on, template, description }) => [name, word(on), word(template), description]);
  return `${table(['flag', 'now', 'template', ''], lines).join('\n')}\n${describeDeployment(last)}`;
}
