import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { budgetsFile, budgetsFor, judgeLoads, readBudgets, totalOf } from '../coldstart/budgets.ts';
import { measureLoads } from '../coldstart/measure-load.ts';
import { renderBudgets } from '../coldstart/render-budgets.ts';
import { fail, info } from '../lib/log.ts';
import { describeBudgets } from '../report/describe-budgets.ts';

export const help = `Shows what each function loads when it starts, beside its budget in ${budgetsFile}. Asks no cloud.

Usage: npm run aviary -- budget [--update] [--json]

  --update  write budgets that fit what is loaded now, a tenth above it
  --json    the same as data

Exit code 1 where a function is above its budget, or a fifth and more below it. npm run check has this in it. A function
that is not in the file has the budget called default.

Example: npm run aviary -- budget --update
`;

export async function run(args: readonly string[], root: string): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { update: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
  });
  const loads = await measureLoads(root);
  if (values.update) {
    writeFileSync(join(root, budgetsFile), await renderBudgets(budgetsFor(loads, readBudgets(root))));
    info(`Wrote ${budgetsFile}.`);
  }
  const budgets = readBudgets(root);
  const rows = [...loads].map(([name, files]) => ({
    name,
    budget: budgets.functions[name] ?? budgets.default,
    actual: totalOf(files),
    files,
  }));
  process.stdout.write(values.json ? `${JSON.stringify(rows, null, 2)}\n` : describeBudgets(rows));
  const problems = judgeLoads(loads, budgets);
  for (const problem of problems) fail(problem);
  return problems.length > 0 ? 1 : 0;
}
