import { Failure } from '../../../tools/lib/failure.ts';
import type { JsonObject } from '../../../tools/lib/json.ts';
import { composePin } from '../../../tools/pin/compose-pin.ts';
import { compose } from '../../../tools/plan/compose.ts';
import { assertHolds } from '../../../tools/plan/hold-plan.ts';
import type { Pin } from '../../../tools/plan/pin.ts';
import { makePlan, type Plan, type PlanOptions } from '../../../tools/plan/plan.ts';
import type { RecordedFunction, StackRecord } from '../../../tools/plan/record.ts';
import { select } from '../../../tools/plan/select.ts';
import { chooseTargets, type RollbackRequest } from '../../../tools/rollback/choose-targets.ts';
import { composeRollback, targetsOf, type Target } from '../../../tools/rollback/compose-rollback.ts';
import { takeFound } from '../../../tools/rollback/find-earlier.ts';
import { newestOf } from '../../../tools/rollback/find-versions.ts';
import { runningFunction } from '../../../tools/rollback/running-function.ts';
import { assertDeployable } from '../../../tools/stack/read-stack.ts';
import type { Tree } from '../../../tools/tree/tree.ts';
import { prefix } from '../engine/stack-model.ts';
import type { Ending, ModelCloud } from './model-cloud.ts';

/** Before what a run may fail or be killed; at `wait`, another run has the stage. */
export const steps = ['read', 'upload', 'change set', 'update', 'end'] as const;
export type Step = (typeof steps)[number] | 'wait' | 'alias';

/** A run of a command, step by step: it stops before each, so that something may come between. */
export type Run = Generator<Step, void>;

const stackName = 'aviary-local';

/** Work while the stage is locked; a lock whose run is dead is taken. */
export function* locked(cloud: ModelCloud, work: Run): Run {
  while (cloud.lock?.alive === true) yield 'wait';
  if (cloud.lock) cloud.takeovers += 1;
  const own = { alive: true };
  cloud.lock = own;
  try {
    yield* work;
  } finally {
    cloud.lock = undefined;
  }
}

export interface DeployRequest extends PlanOptions {
  /** A plan that was made before, and has to hold still. */
  readonly plan?: Plan | undefined;
}

export function* deployRun(
  cloud: ModelCloud,
  tree: Tree,
  { plan: former, ...asked }: DeployRequest,
  ending: Ending,
): Run {
  yield 'read';
  const stack = cloud.read();
  const record = stack?.record;
  const options = former ? { ...former, only: former.only ?? undefined } : asked;
  const plan = makePlan(tree, record, { ...options, now: cloud.now });
  if (former) assertHolds(former, plan);
  const selection = select(tree, record, plan);
  if (selection.size === 0) return;
  assertDeployable(stack, stackName);
  const template = compose({ tree, record, selection, layerArns: cloud.stack?.layerArns ?? {}, prefix });
  yield* ship(cloud, template, tree, ending);
}

export function* rollbackRun(cloud: ModelCloud, tree: Tree, request: RollbackRequest, ending: Ending): Run {
  yield 'read';
  const { stack, record } = readRunning(cloud);
  const targets = findTargets(cloud, record, request);
  for (const { running, version } of targets) {
    if (version === undefined) continue;
    yield 'alias';
    cloud.moveAlias(running.logicalId, Number(version));
  }
  assertDeployable(stack, stackName);
  yield* ship(cloud, composeRollback(record, targets), tree, ending);
}

export function* pinRun(cloud: ModelCloud, tree: Tree, name: string, pin: Pin | undefined, ending: Ending): Run {
  yield 'read';
  const { stack, record } = readRunning(cloud);
  const running = runningFunction(record, name);
  if (!pin && !running.pin) throw new Failure(`${name} is not pinned.`, 'See what is.');
  assertDeployable(stack, stackName);
  yield* ship(cloud, composePin(record, running, pin), tree, ending);
}

function* ship(cloud: ModelCloud, template: JsonObject, tree: Tree, ending: Ending): Run {
  yield 'upload';
  const packaged = cloud.upload(template, tree);
  yield 'change set';
  const changeSet = cloud.changeSet(packaged, tree);
  yield 'update';
  cloud.begin(changeSet, ending);
  yield 'end';
  cloud.end();
}

function readRunning(cloud: ModelCloud): { stack: ReturnType<ModelCloud['read']>; record: StackRecord } {
  const stack = cloud.read();
  if (!stack?.record) throw new Failure('Nothing runs.', 'Deploy.');
  return { stack, record: stack.record };
}

function findTargets(cloud: ModelCloud, record: StackRecord, request: RollbackRequest): Target[] {
  const wishes = chooseTargets(record, request, cloud.now);
  const open = new Map(wishes.map((wish) => [wish.running.logicalId, wish]));
  const earlier = new Map<string, RecordedFunction>();
  for (const { deployed } of cloud.templates) takeFound(deployed, open, earlier);
  if (open.size > 0) throw new Failure('The artifact bucket has no template with it.', 'Name another release.');
  const versions = new Map(
    [...earlier].flatMap(([id, { release }]) => {
      const found = newestOf(versionsOf(cloud, id), release);
      return found ? [[id, found] as const] : [];
    }),
  );
  return targetsOf(wishes, earlier, versions);
}

/** The versions of a function as Lambda lists them. */
function versionsOf(cloud: ModelCloud, id: string): Parameters<typeof newestOf>[0] {
  return Object.entries(cloud.stack?.functions[id]?.versions ?? {}).map(([Version, configuration]) => {
    const { Environment, Layers } = configuration as unknown as {
      Environment: { Variables: Record<string, string> };
      Layers: string[];
    };
    return { Version, Environment, Layers: Layers.map((Arn) => ({ Arn })) };
  });
}
