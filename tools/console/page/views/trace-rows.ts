import type { Branch } from '../../api.ts';

/** A branch in the order in which it is drawn. */
export interface TraceRow {
  readonly branch: Branch;
  /** 0 for what the request began with. */
  readonly depth: number;
  /** Milliseconds after the first beginning. */
  readonly offset: number;
}

export interface TraceRows {
  readonly rows: readonly TraceRow[];
  /** Milliseconds from the first beginning to the last end; at least 1. */
  readonly total: number;
}

/** A trace, one row for each invocation, each below what caused it. */
export function traceRows(branches: readonly Branch[]): TraceRows {
  const flat = flatten(branches, 0);
  const start = Math.min(...flat.map(({ branch }) => Date.parse(branch.from)));
  const rows = flat.map((it) => ({ ...it, offset: Date.parse(it.branch.from) - start }));
  const total = Math.max(1, ...rows.map(({ branch, offset }) => offset + (branch.duration ?? 0)));
  return { rows, total };
}

const flatten = (branches: readonly Branch[], depth: number): Omit<TraceRow, 'offset'>[] =>
  branches.flatMap((branch) => [{ branch, depth }, ...flatten(branch.children, depth + 1)]);
