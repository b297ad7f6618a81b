import { budgetsFile, readBudgets, tightenBudgets } from '../coldstart/budgets.ts';
import { measureLoads } from '../coldstart/measure-load.ts';
import { renderBudgets } from '../coldstart/render-budgets.ts';
import { generatedFiles } from '../generate/generated-files.ts';
import type { FileChanges } from './file-changes.ts';
import { tidyEntries } from './tidy-entries.ts';

/** What `aviary generate` would write now. @throws Failure as `generatedFiles` */
export async function generatedChanges(root: string): Promise<FileChanges> {
  const stale = (await generatedFiles(root)).filter(({ isCurrent }) => !isCurrent);
  return new Map(stale.map(({ path, text }) => [path, text]));
}

/** What follows, one after the other, where functions were taken away. */
export const madeFromTheRest = (root: string, names: readonly string[]): readonly (() => Promise<FileChanges>)[] => [
  () => tidyEntries(root),
  () => generatedChanges(root),
  () => tidyBudgets(root, names),
];

/** Functions that are made have no budget of their own at first; where they go, none changes. */
async function tidyBudgets(root: string, names: readonly string[]): Promise<FileChanges> {
  const budgets = readBudgets(root);
  if (!names.some((name) => Object.hasOwn(budgets.functions, name))) return new Map();
  return new Map([[budgetsFile, await renderBudgets(tightenBudgets(await measureLoads(root), budgets))]]);
}
