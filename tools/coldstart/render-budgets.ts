import { format } from 'prettier';
import type { Budgets } from './budgets.ts';

/** The text of the file of budgets. */
export async function renderBudgets(budgets: Budgets): Promise<string> {
  return await format(JSON.stringify(budgets), { parser: 'json', printWidth: 120 });
}
