import type { Change, Plan } from './plan.ts';
import type { Reason } from './reasons.ts';
import type { Tree, TreeFunction } from '../tree/tree.ts';

export interface Explanation {
  readonly name: string;
  readonly change: Change;
  readonly running: string | null;
  readonly release: string | null;
  readonly reasons: readonly ExplainedReason[];
}

export interface ExplainedReason extends Reason {
  /** From the handler to what changed: each file imports the next. Empty where nothing is imported. */
  readonly chain: readonly string[];
}

/** Why a function is deployed, each reason with the way to it; undefined where there is no such function. */
export function explain(name: string, tree: Tree, plan: Plan): Explanation | undefined {
  const item = plan.items.find((it) => it.kind === 'function' && it.name === name);
  if (!item) return undefined;
  const source = tree.functions.find((it) => it.name === name);
  const { change, running, release } = item;
  const reasons = item.reasons.map((reason) => ({ ...reason, chain: source ? chainTo(target(reason), source) : [] }));
  return { name, change, running, release, reasons };
}

/** The file or package that a reason is about. */
function target({ kind, detail }: Reason): string | undefined {
  if (kind === 'code') return detail;
  if (kind !== 'dependency') return undefined;
  return /^(?:what )?(\S+) /.exec(detail)?.[1];
}

/** The shortest way along the imports. */
function chainTo(wanted: string | undefined, { entry, imports }: TreeFunction): string[] {
  if (wanted === undefined) return [];
  const from = new Map<string, string | undefined>([[entry, undefined]]);
  const queue = [entry];
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    if (path === wanted) break;
    for (const next of imports[path] ?? []) {
      if (from.has(next)) continue;
      from.set(next, path);
      queue.push(next);
    }
  }
  const chain: string[] = [];
  for (let path: string | undefined = wanted; path !== undefined && from.has(path); path = from.get(path))
    chain.unshift(path);
  return chain;
}
