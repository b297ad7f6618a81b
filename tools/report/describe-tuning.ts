import type { Choice } from '../tune/choose-size.ts';
import { dollars } from './describe-cost.ts';
import { table } from './table.ts';

interface Tuning extends Choice {
  readonly name: string;
  readonly event: string;
  /** What the function has. */
  readonly memoryMb: number;
}

/** What sizes cost and take, for people, and which is best by what counts. */
export function describeTuning({ name, event, memoryMb, figures, cheapest, fastest, balanced }: Tuning): string {
  const marks = (size: number): string =>
    [
      ...(size === cheapest ? ['cheapest'] : []),
      ...(size === fastest ? ['fastest'] : []),
      ...(size === balanced ? ['balanced'] : []),
      ...(size === memoryMb ? ['as it is'] : []),
    ].join(', ');
  const rows = figures.map((it) => [
    `${it.memoryMb} MB`,
    `${it.ms.toFixed(1)} ms`,
    dollars(it.costPerMillion),
    `${it.usedMb} MB`,
    String(it.runs),
    marks(it.memoryMb),
  ]);
  const lines = table(['memory', 'median', 'a million', 'used', 'runs', ''], rows);
  const advice = `${name} with ${event}: ${cheapest} MB is cheapest, ${fastest} MB fastest, ${balanced} MB balanced; it has ${memoryMb} MB.`;
  return `${[...lines, '', advice, 'To change it: MemorySize in template.yaml, then deploy.'].join('\n')}\n`;
}
