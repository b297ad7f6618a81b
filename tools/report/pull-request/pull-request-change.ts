import type { CostChange } from '../../cost/compare-costs.ts';
import type { Plan } from '../../plan/plan.ts';
import { countIndexChanges, mostIndexChanges, type IndexChanges } from './index-changes.ts';
import { limits } from './limits.ts';
import type { Replacement } from './replacements.ts';
import type { WidenedRight } from './widened-rights.ts';

/** What a pull request does to a stage, as plain data. */
export interface PullRequestChange {
  readonly stage: string;
  /** What it is compared with: the base branch's tree, or what is deployed. */
  readonly comparedWith: 'base' | 'deployed';
  readonly plan: Plan;
  readonly functions: readonly FunctionFacts[];
  /** Path of each template to its resources before (null where it is new) and after. */
  readonly resources: Readonly<Record<string, { readonly before: number | null; readonly after: number }>>;
  readonly indexes: readonly IndexChanges[];
  readonly replacements: readonly Replacement[];
  readonly rights: readonly WidenedRight[];
  /** Of each stage that would cost more or less. */
  readonly costs: readonly CostChange[];
  /** Files of the tools that differ from the base and work out releases. */
  readonly tools: readonly string[];
}

export interface FunctionFacts {
  readonly name: string;
  /** Bytes of its code; null where there is none. */
  readonly before: number | null;
  readonly after: number | null;
  readonly environment: number;
  /** Stage to how traffic moves there. */
  readonly traffic: Readonly<Record<string, string>>;
}

/** What AWS would refuse, a sentence each. */
export function broken({ resources, functions, indexes }: PullRequestChange): string[] {
  return [
    ...Object.entries(resources)
      .filter(([, { after }]) => after > limits.resources)
      .map(([path, { after }]) => `${path} has ${after} resources; a stack takes ${limits.resources}.`),
    ...functions
      .filter(({ environment }) => environment > limits.environment)
      .map((it) => `The environment of ${it.name} has ${it.environment} bytes; Lambda takes ${limits.environment}.`),
    ...indexes
      .filter((it) => countIndexChanges(it) > mostIndexChanges)
      .map((it) => `${it.table} changes ${countIndexChanges(it)} indexes; DynamoDB takes one per update.`),
  ];
}
