import { styleText } from 'node:util';
import type { Finding } from '../doctor/finding.ts';
import { table } from './table.ts';

const styles = { ok: 'green', missing: 'red', 'not checked': 'yellow' } as const;

/** What the doctor found, a line for each check, for people. */
export function describeDoctor(findings: readonly Finding[]): string {
  const rows = findings.map(({ check, state, detail, mend }) => [
    styleText(styles[state], state),
    check,
    [detail, mend].filter((part) => part !== undefined).join(' '),
  ]);
  const count = (state: Finding['state']): number => findings.filter((each) => each.state === state).length;
  const lines = table(['state', 'check', 'what to do'], rows).map((line) => line.trimEnd());
  return [
    ...lines,
    '',
    `${count('ok')} ok, ${count('missing')} missing, ${count('not checked')} not checked.`,
    '',
  ].join('\n');
}
