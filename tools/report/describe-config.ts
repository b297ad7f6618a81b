import type { SettingRow } from '../config/compare-settings.ts';
import { table } from './table.ts';

const shown = (value: string | null): string => value ?? '(not there)';

/** Settings of two sides, under their names. */
export function describeSettings(rows: readonly SettingRow[], side: string, other: string): string {
  const lines = rows.map((row) => [row.name, shown(row.value), shown(row.other)]);
  return `${table(['setting', side, other], lines).join('\n')}\n`;
}
