import { judgeLoads, readBudgets } from '../coldstart/budgets.ts';
import { measureLoads } from '../coldstart/measure-load.ts';

/** Functions that load more than their budget when they start, or far less; empty where all is well. */
export async function checkColdStart(root: string): Promise<string> {
  const budgets = readBudgets(root);
  return judgeLoads(await measureLoads(root), budgets).join('\n');
}
