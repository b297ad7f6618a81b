import { assertHolds } from '../plan/hold-plan.ts';
import type { Override } from '../plan/despite-alarm.ts';
import { makePlan, type Plan } from '../plan/plan.ts';
import type { Artifacts } from '../promote/artifacts.ts';
import { promotedTree } from '../promote/promoted-tree.ts';
import { readTree } from '../tree/read-tree.ts';
import type { Tree } from '../tree/tree.ts';
import type { Connection } from './connection.ts';
import { readStack, type DeployedStack } from './read-stack.ts';

/** What is asked for of a deploy, or of its plan. */
export interface DeployRequest {
  /** Names of functions, layers or resources; everything that differs when left out. */
  readonly only?: readonly string[] | undefined;
  readonly uniform?: boolean | undefined;
  /** Build what `only` names also where it is unchanged. */
  readonly rebuild?: boolean | undefined;
  /** A plan that was made before, and has to hold still; the three above are then its own. */
  readonly plan?: Plan | undefined;
  /** What another stage runs: its packages are taken, and nothing is built. */
  readonly promotion?: Promotion | undefined;
  /** An alarm that does not gate this deploy. */
  readonly despite?: Override | undefined;
  /** Lets production have what was built here. */
  readonly fromSource?: boolean | undefined;
}

export interface Promotion {
  readonly artifacts: Artifacts;
  /** Absolute path of the folder that the zips are in. */
  readonly folder: string;
  /** `owner/name` of the GitHub repository that has to attest the packages; not asked when left out. */
  readonly attestedBy?: string | undefined;
}

/** What a stage is asked to be, beside what it is. */
export interface Comparison {
  readonly tree: Tree;
  readonly stack: DeployedStack | undefined;
  readonly plan: Plan;
}

/**
 * Reads tree and stack side by side, and compares them.
 * @throws Failure where the plan of the request does not hold any more
 */
export async function compareStage(connection: Connection, request: DeployRequest = {}): Promise<Comparison> {
  const { promotion, plan: former, only, uniform, rebuild } = request;
  const [read, stack] = await Promise.all([readTree(connection.root, connection.stage), readStack(connection)]);
  const tree = promotion ? promotedTree(read, promotion.artifacts) : read;
  const options = former ? { ...former, only: former.only ?? undefined } : { only, uniform, rebuild };
  const plan = makePlan(tree, stack?.record, options);
  if (former) assertHolds(former, plan);
  return { tree, stack, plan };
}
