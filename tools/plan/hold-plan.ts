import { Failure } from '../lib/failure.ts';
import { canonical, type Json } from '../lib/json.ts';
import type { Plan } from './plan.ts';

/**
 * Holds a plan against the one that would be made now. What was approved is what is deployed, or nothing is.
 * @throws Failure for another stage or commit, for a stack that moved since, and for any other difference
 */
export function assertHolds(plan: Plan, now: Plan): void {
  const again = `Make the plan anew: npm run plan -- --stage ${now.stage} --json.`;
  if (plan.stage !== now.stage) {
    throw new Failure(`The plan is for ${plan.stage}, not for ${now.stage}.`, `Name its stage: --stage ${plan.stage}.`);
  }
  if (plan.commit !== now.commit) {
    throw new Failure(
      `The plan was made at ${plan.commit}, and this is ${now.commit}.`,
      `Check out that commit, or make the plan anew: npm run plan -- --stage ${now.stage} --json.`,
    );
  }
  if (plan.deployed !== now.deployed) {
    throw new Failure(`The stack of ${plan.stage} was changed since the plan was made.`, again);
  }
  const { items, ...head } = now;
  const same = canonical({ ...head, items: items.map(plain) }) === canonical({ ...plan, items: plan.items.map(plain) });
  if (!same) throw new Failure(`The tree gives another plan for ${plan.stage} than the one that was made.`, again);
}

function plain({ reasons, ...item }: Plan['items'][number]): Json {
  return { ...item, reasons: reasons.map(({ kind, detail }) => ({ kind, detail })) };
}
