import { planVersion, type Plan, type PlanItem } from '../../../tools/plan/plan.ts';
import { aCommit } from './a-tree.ts';

/** A plan of everything, for staging. */
export function aPlan(parts: Partial<Plan> = {}): Plan {
  const items: readonly PlanItem[] = [];
  const asked = { uniform: false, only: null, rebuild: false };
  return { version: planVersion, stage: 'staging', commit: aCommit('c'), deployed: null, ...asked, items, ...parts };
}
