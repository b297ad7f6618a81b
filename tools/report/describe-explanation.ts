import { shortRelease } from '../plan/recorded-block.ts';
import type { Explanation } from '../plan/explain.ts';

/** An explanation for people. */
export function describeExplanation({ name, change, running, release, reasons }: Explanation): string {
  const ids = [running, release].filter((id) => id !== null).map((id) => id.slice(0, shortRelease));
  const lines = reasons.flatMap(({ kind, detail, chain }) => [
    `  ${kind}: ${detail}`,
    ...(chain.length > 1
      ? chain.map((path, depth) => `    ${'  '.repeat(depth)}${depth === 0 ? '' : '└ '}${path}`)
      : []),
  ]);
  const why = change === 'unchanged' ? ['  What runs is what the tree asks for.'] : lines;
  return [`${name} is ${change}  ${[...new Set(ids)].join(' → ')}`, ...why, ''].join('\n');
}
