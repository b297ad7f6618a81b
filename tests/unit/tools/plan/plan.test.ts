import { isSettled, makePlan, type Plan, type PlanItem, type PlanOptions } from '../../../../tools/plan/plan.ts';
import { sha256 } from '../../../../tools/lib/json.ts';
import type { Tree } from '../../../../tools/tree/tree.ts';
import { deployed, type ModelStack } from '../../../support/engine/stack-model.ts';
import { aBlock, aCommit, aFunction, aLayer, aNestedStack, aTree } from '../../../support/engine/a-tree.ts';

const layers = ['SharedLayer', 'DependenciesLayer'];
const dependencies = aLayer({ name: 'dependencies', packages: { 'node_modules/zod': '4.1.0' } });
const users = aFunction({ name: 'users', shared: { respond: '1' }, layers });
const health = aFunction({ name: 'health', shared: { table: '1' }, layers });
const sharedOf = (respond: string, table = '1'): ReturnType<typeof aLayer> =>
  aLayer({ modules: { respond, table, idle: '1' } });
const tree = aTree({
  functions: [users, health],
  layers: [sharedOf('1'), dependencies],
  resources: [aNestedStack('Data', 'infra/data.yaml', '1'), aBlock('Queue')],
  outputs: [aBlock('Url', { Value: 'a' })],
  parameters: { App: 'aviary', Days: 14 },
});
const stack = deployed(tree);
/** The tree after `respond` changed, which users reaches and health does not. */
const usersMoves = aTree({
  ...tree,
  functions: [aFunction({ name: 'users', shared: { respond: '2' }, layers }), health],
  layers: [sharedOf('2'), dependencies],
});

const planOf = (changed: Partial<Tree>, on: ModelStack = stack, options: PlanOptions = {}): Plan =>
  makePlan(aTree({ ...tree, ...changed }), on.record, options);
const item = (plan: Plan, name: string): PlanItem | undefined => plan.items.find((it) => it.name === name);
const changes = (plan: Plan): Record<string, string> =>
  Object.fromEntries(plan.items.filter((it) => it.change !== 'unchanged').map((it) => [it.name, it.change]));

describe('makePlan', () => {
  it('has nothing to do for a tree that is deployed', () => {
    const plan = planOf({});

    expect(changes(plan)).toEqual({});
    expect(isSettled(plan)).toBe(true);
  });

  it('lists functions and layers although they are unchanged, and no other part', () => {
    expect(planOf({}).items.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'layer shared',
      'layer dependencies',
      'function users',
      'function health',
    ]);
  });

  it('has everything but parameters as new where there is no stack', () => {
    const plan = makePlan(tree, undefined);

    expect(changes(plan)).toEqual({
      shared: 'new',
      dependencies: 'new',
      users: 'new',
      health: 'new',
      Data: 'new',
      Queue: 'new',
      Url: 'new',
    });
    expect(isSettled(plan)).toBe(false);
  });

  it('says version, stage and commit, and what it was asked for', () => {
    expect(planOf({ commit: aCommit('b') }, stack, { only: ['users'], rebuild: true })).toMatchObject({
      ...{ version: 2, stage: 'local', commit: aCommit('b') },
      ...{ only: ['users'], rebuild: true, uniform: false },
    });
  });

  it('says which template it was compared with, and that there was none', () => {
    expect(planOf({}).deployed).toBe(sha256(stack.template));
    expect(makePlan(tree, undefined).deployed).toBeNull();
  });

  it('says of a new function what it is and that nothing runs', () => {
    const orders = aFunction({ name: 'orders' });

    expect(item(planOf({ functions: [users, health, orders] }), 'orders')).toEqual({
      name: 'orders',
      kind: 'function',
      change: 'new',
      reasons: [{ kind: 'new', detail: 'not deployed yet' }],
      code: orders.code,
      release: orders.release,
      running: null,
    });
  });

  it('says of a changed function what runs and what the tree asks for', () => {
    const changed = aFunction({ name: 'users', text: 'changed', shared: { respond: '1' }, layers });

    expect(item(planOf({ functions: [changed, health] }), 'users')).toMatchObject({
      change: 'changed',
      code: changed.code,
      release: changed.release,
      running: users.release,
    });
  });

  it('says of a removed function what runs', () => {
    expect(item(planOf({ functions: [health] }), 'users')).toEqual({
      name: 'users',
      kind: 'function',
      change: 'removed',
      reasons: [{ kind: 'removed', detail: 'not in template.yaml' }],
      code: null,
      release: null,
      running: users.release,
    });
  });

  it('removes a layer', () => {
    const bare = [aFunction({ name: 'users' }), aFunction({ name: 'health' })];
    const { kind, change, running } = item(planOf({ functions: bare, layers: [dependencies] }), 'shared') ?? {};

    expect([kind, change, running]).toEqual(['layer', 'removed', sharedOf('1').release]);
  });

  it.each(['users', 'shared', 'Queue', 'Url'])('says of %s that it is new, or gone', (name) => {
    const reasonsOf = (plan: Plan): unknown => item(plan, name)?.reasons;
    const nothing = aTree({ functions: [], layers: [], parameters: tree.parameters });

    expect(reasonsOf(makePlan(tree, undefined))).toEqual([{ kind: 'new', detail: 'not deployed yet' }]);
    expect(reasonsOf(makePlan(nothing, stack.record))).toEqual([{ kind: 'removed', detail: 'not in template.yaml' }]);
  });

  it('does not see a commit as a change', () => {
    expect(isSettled(planOf({ commit: aCommit('b') }))).toBe(true);
  });
});

describe('makePlan for layers', () => {
  it('moves the functions that reach what changed in the shared layer, and publishes it for them', () => {
    expect(changes(planOf(usersMoves))).toEqual({ users: 'changed', shared: 'changed' });
  });

  it('waits with a layer that changed where no function reaches it', () => {
    const idle = aLayer({ modules: { respond: '1', table: '1', idle: '2' } });

    const plan = planOf({ layers: [idle, dependencies] });

    expect(isSettled(plan)).toBe(true);
    expect(item(plan, 'shared')).toMatchObject({
      change: 'unchanged',
      release: idle.release,
      running: sharedOf('1').release,
    });
  });

  it('publishes a layer that waited when a function moves for another reason', () => {
    const idle = aLayer({ modules: { respond: '1', table: '1', idle: '2' } });
    const changed = aFunction({ name: 'users', text: 'changed', shared: { respond: '1' }, layers });

    expect(changes(planOf({ functions: [changed, health], layers: [idle, dependencies] }))).toEqual({
      users: 'changed',
      shared: 'changed',
    });
  });

  it('waits with a layer that the function that moves does not have', () => {
    const idle = aLayer({ modules: { respond: '1', table: '1', idle: '2' } });
    const other = aFunction({ name: 'orders', layers: ['DependenciesLayer'] });

    expect(changes(planOf({ functions: [users, health, other], layers: [idle, dependencies] }))).toEqual({
      orders: 'new',
    });
  });

  it('is not moved by a layer that is gone', () => {
    const plan = makePlan(aTree({ functions: [aFunction()] }), deployed(aTree({ functions: [aFunction()] })).record);

    expect(isSettled(plan)).toBe(true);
  });
});

describe('makePlan with uniform', () => {
  const afterUsers = deployed(usersMoves, stack);

  it('changes nothing where all are on the newest layers', () => {
    expect(isSettled(planOf({}, stack, { uniform: true }))).toBe(true);
  });

  it('leaves a function alone that is behind, without it', () => {
    expect(isSettled(planOf(usersMoves, afterUsers))).toBe(true);
  });

  it('moves a function that is pinned to an earlier version of a layer', () => {
    const plan = planOf(usersMoves, afterUsers, { uniform: true });

    expect(changes(plan)).toEqual({ health: 'changed' });
    expect(item(plan, 'health')?.reasons).toEqual([{ kind: 'layer', detail: 'shared: --uniform' }]);
  });

  it('publishes a layer that waited, for every function that has it', () => {
    const idle = aLayer({ modules: { respond: '1', table: '1', idle: '2' } });
    const bare = aFunction({ name: 'bare' });

    const plan = planOf(
      { functions: [users, health, bare], layers: [idle, dependencies] },
      deployed(aTree({ ...tree, functions: [users, health, bare] })),
      { uniform: true },
    );

    expect(changes(plan)).toEqual({ users: 'changed', health: 'changed', shared: 'changed' });
  });

  it('is settled after one deploy with it', () => {
    const uniform = deployed(usersMoves, afterUsers, { uniform: true });

    expect(isSettled(planOf(usersMoves, uniform, { uniform: true }))).toBe(true);
  });
});

describe('makePlan for other parts', () => {
  it.each<[string, Partial<Tree>, Record<string, string>]>([
    ['a new resource', { resources: [...tree.resources, aBlock('Topic')] }, { Topic: 'new' }],
    ['a removed resource', { resources: tree.resources.slice(0, 1) }, { Queue: 'removed' }],
    [
      'a changed resource',
      { resources: [tree.resources[0] ?? aBlock('x'), aBlock('Queue', { Type: 'AWS::SQS::Queue' })] },
      { Queue: 'changed' },
    ],
    [
      'a nested template',
      { resources: [aNestedStack('Data', 'infra/data.yaml', '2'), aBlock('Queue')] },
      { Data: 'changed' },
    ],
    ['a new output', { outputs: [...tree.outputs, aBlock('Id', { Value: 1 })] }, { Id: 'new' }],
    ['a changed output', { outputs: [aBlock('Url', { Value: 'b' })] }, { Url: 'changed' }],
    ['a removed output', { outputs: [] }, { Url: 'removed' }],
    ['a changed parameter', { parameters: { App: 'aviary', Days: 30 } }, { Days: 'changed' }],
    ['a new parameter', { parameters: { ...tree.parameters, Canary: 'x' } }, { Canary: 'new' }],
    ['a removed parameter', { parameters: { App: 'aviary' } }, { Days: 'removed' }],
  ])('sees %s', (_name, changed, expected) => {
    const plan = planOf(changed);

    expect(changes(plan)).toEqual(expected);
    expect(isSettled(plan)).toBe(false);
    expect(item(plan, Object.keys(expected)[0] ?? '')).toMatchObject({ kind: 'resource', code: null });
  });

  it('answers the hashes of a changed resource', () => {
    const queue = aBlock('Queue', { Type: 'AWS::SQS::Queue' });

    const plan = planOf({ resources: [aNestedStack('Data', 'infra/data.yaml', '1'), queue] });

    expect(item(plan, 'Queue')).toMatchObject({ release: queue.hash, running: aBlock('Queue').hash });
  });
});
