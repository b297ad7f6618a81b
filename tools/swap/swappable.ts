import { isSharedLayer } from '../source-maps/find-code.ts';
import { staying, type Plan, type PlanItem } from '../plan/plan.ts';
import type { Reason } from '../plan/reasons.ts';
import type { Tree } from '../tree/tree.ts';

const inCode: readonly Reason['kind'][] = ['code', 'layer'];

/**
 * Whether nothing but code of functions and of the shared layer differs, so that a stage can be made as it is to be
 * without a deploy. Where packages differ a reason says so, and their layer with it.
 */
export function isSwappable({ items }: Plan, { layers }: Tree): boolean {
  const isCode = ({ kind, name, change, reasons }: PlanItem): boolean => {
    if (change !== 'changed' || reasons.some((reason) => !inCode.includes(reason.kind))) return false;
    return kind === 'function' || (kind === 'layer' && layers.some((it) => it.name === name && isSharedLayer(it)));
  };
  return items.every((item) => staying.includes(item.change) || isCode(item));
}
