import type { MemoryUse } from '../memory/recommend.ts';
import { dollars } from './describe-cost.ts';
import { table } from './table.ts';

/** How functions use their memory, for people; what saves most first. */
export function describeMemory(uses: readonly MemoryUse[], functions: number): string {
  const idle = functions - uses.length;
  const sorted = uses.toSorted((a, b) => b.saves - a.saves || (a.functionName < b.functionName ? -1 : 1));
  const rows = sorted.map((it) => [
    it.functionName,
    `${it.usedMb} of ${it.memoryMb} MB`,
    String(it.invocations),
    `${it.p50.toFixed(0)} ms`,
    `${it.p99.toFixed(0)} ms`,
    `${it.recommendedMb} MB`,
    dollars(it.saves),
    it.why,
  ]);
  const head = ['function', 'used', 'invoked', 'median', 'p99', 'would do', 'saves a month', 'why'];
  const lines = [
    ...(rows.length > 0 ? table(head, rows) : []),
    ...(idle > 0 ? [`${idle} of ${functions} functions reported no invocation.`] : []),
  ];
  return `${lines.join('\n')}\n`;
}
