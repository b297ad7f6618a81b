import type { Budget } from '../coldstart/budgets.ts';
import { table } from './table.ts';

interface Row {
  readonly name: string;
  readonly budget: Budget;
  readonly actual: Budget;
}

/** What functions load when they start, beside their budgets, for people; the largest first. */
export function describeBudgets(rows: readonly Row[]): string {
  const of = (actual: number, budget: number): string =>
    `${actual.toLocaleString('en-US')} of ${budget.toLocaleString('en-US')}`;
  const sorted = rows.toSorted((a, b) => b.actual.loaded - a.actual.loaded);
  const lines = table(
    ['function', 'package, bytes', 'loaded, bytes', 'files'],
    sorted.map(({ name, budget, actual }) => [
      name,
      of(actual.package, budget.package),
      of(actual.loaded, budget.loaded),
      of(actual.files, budget.files),
    ]),
  );
  return `${lines.join('\n')}\n`;
}
