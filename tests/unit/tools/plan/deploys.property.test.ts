import fc from 'fast-check';
import { objectAt, sha256 } from '../../../../tools/lib/json.ts';
import { composePin } from '../../../../tools/pin/compose-pin.ts';
import { isSettled, makePlan, staying } from '../../../../tools/plan/plan.ts';
import { readRecord } from '../../../../tools/plan/record.ts';
import type { Tree } from '../../../../tools/tree/tree.ts';
import { deploy, runningConfiguration, type ModelStack } from '../../../support/engine/stack-model.ts';
import { aBlock, aFunction, aLayer, aTree } from '../../../support/engine/a-tree.ts';

const names = ['users', 'health', 'orders'] as const;
const modules = ['a', 'b', 'c'] as const;
const values = [0, 1, 2] as const;
type Name = (typeof names)[number];
type Module = (typeof modules)[number];

/** What a person can edit; each number is one of three states of a thing. */
interface World {
  readonly functions: Readonly<Partial<Record<Name, { text: number; memory: number; uses: readonly Module[] }>>>;
  /** Of a module, the part that its users reach, and the part that nobody does. */
  readonly modules: Readonly<Record<Module, { reached: number; idle: number }>>;
  readonly zod: number;
  readonly queue: number;
  readonly output: number;
  readonly parameter: number;
}

const start: World = {
  functions: {
    users: { text: 0, memory: 0, uses: ['a', 'b'] },
    health: { text: 0, memory: 0, uses: ['b'] },
    orders: { text: 0, memory: 0, uses: [] },
  },
  modules: { a: { reached: 0, idle: 0 }, b: { reached: 0, idle: 0 }, c: { reached: 0, idle: 0 } },
  zod: 0,
  queue: 0,
  output: 0,
  parameter: 0,
};

const moduleText = ({ reached, idle }: { reached: number; idle: number }): string => `${reached} and ${idle}`;
const layers = ['SharedLayer', 'DependenciesLayer'];

function treeOf(world: World): Tree {
  const functions = names.flatMap((name) => {
    const it = world.functions[name];
    if (!it) return [];
    // Of the packages and the queue, users alone knows.
    const knows = name === 'users';
    return aFunction({
      name,
      text: `${name} ${it.text}`,
      shared: Object.fromEntries(it.uses.map((module) => [module, String(world.modules[module].reached)])),
      packages: knows ? { zod: `4.${world.zod} x` } : {},
      references: knows ? { Queue: `queue-${world.queue}` } : {},
      properties: {
        MemorySize: it.memory,
        ...(knows ? { Environment: { Variables: { QUEUE: { Ref: 'Queue' } } } } : {}),
      },
      layers,
    });
  });
  const texts = Object.fromEntries(modules.map((module) => [module, moduleText(world.modules[module])]));
  return aTree({
    functions,
    layers: [
      aLayer({ modules: texts }),
      aLayer({ name: 'dependencies', packages: { 'node_modules/zod': `4.${world.zod}` } }),
    ],
    resources: [aBlock('Queue', { Type: 'AWS::SQS::Queue', Properties: { QueueName: `queue-${world.queue}` } })],
    // An output may have the name of a function.
    outputs: [aBlock('Health', { Value: world.output })],
    parameters: { App: world.parameter },
  });
}

type Step =
  | { readonly kind: 'edit'; readonly edit: (world: World) => World }
  | { readonly kind: 'revert'; readonly to: number }
  | { readonly kind: 'pin'; readonly name: Name; readonly on: boolean }
  | { readonly kind: 'deploy'; readonly only: readonly Name[] | undefined; readonly uniform: boolean };

const anyName = fc.constantFrom(...names);
const anyModule = fc.constantFrom(...modules);
const anyValue = fc.constantFrom(...values);
const toggled = (uses: readonly Module[], one: Module): Module[] =>
  modules.filter((it) => uses.includes(it) !== (it === one));

type Fields = NonNullable<World['functions'][Name]>;
const editFunction =
  (which: Name, change: (it: Fields) => Fields | undefined) =>
  (world: World): World => {
    const { [which]: it = { text: 0, memory: 0, uses: [] }, ...others } = world.functions;
    const changed = change(it);
    return { ...world, functions: changed ? { ...others, [which]: changed } : others };
  };
const edit = fc.oneof(
  fc.tuple(anyName, anyValue).map(([which, text]) => editFunction(which, (it) => ({ ...it, text }))),
  fc.tuple(anyName, anyValue).map(([which, memory]) => editFunction(which, (it) => ({ ...it, memory }))),
  fc
    .tuple(anyName, anyModule)
    .map(([which, one]) => editFunction(which, (it) => ({ ...it, uses: toggled(it.uses, one) }))),
  anyName.map((which) => editFunction(which, () => undefined)),
  fc.tuple(anyModule, anyValue).map(([which, reached]) => (world: World): World => {
    return { ...world, modules: { ...world.modules, [which]: { ...world.modules[which], reached } } };
  }),
  fc.tuple(anyModule, anyValue).map(([which, idle]) => (world: World): World => {
    return { ...world, modules: { ...world.modules, [which]: { ...world.modules[which], idle } } };
  }),
  fc
    .tuple(fc.constantFrom('zod', 'queue', 'output', 'parameter'), anyValue)
    .map(([which, state]) => (world: World): World => {
      return { ...world, [which]: state };
    }),
);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: edit.map((change): Step => ({ kind: 'edit', edit: change })) },
  { weight: 1, arbitrary: fc.nat(30).map((to): Step => ({ kind: 'revert', to })) },
  {
    weight: 1,
    arbitrary: fc.tuple(anyName, fc.boolean()).map(([name, on]): Step => ({ kind: 'pin', name, on })),
  },
  {
    weight: 2,
    arbitrary: fc.boolean().map((uniform): Step => ({ kind: 'deploy', only: undefined, uniform })),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.subarray([...names], { minLength: 1 }), fc.boolean())
      .map(([only, uniform]): Step => ({ kind: 'deploy', only, uniform })),
  },
);

/** Of each text of a module, the part that is reached, as a function's record has it. */
const reachedPart = new Map(
  values.flatMap((reached) =>
    values.map((idle) => [hash(moduleText({ reached, idle })), hash(String(reached))] as const),
  ),
);
function hash(text: string): string {
  return sha256(text).slice(0, 32);
}

/** Each function runs what its record says: that code, and layers in which all that it reaches is as recorded. */
function expectRecordTrue({ record, template, layerArns, layerFiles }: ModelStack): void {
  for (const [id, it] of record.functions) {
    const running = runningConfiguration(id, { template, layerArns, layerFiles });
    const [shared = '', dependencies = ''] = running['Layers'] as string[];
    const inShared = layerFiles[shared] ?? {};
    const reached = Object.keys(it.files).filter((path) => path.startsWith('layers/'));
    const packaged = Object.entries(layerFiles[dependencies] ?? {}).map(([, version]) => version);
    expect(running['CodeUri']).toBe(`s3://bucket/${it.code}`);
    expect(objectAt(objectAt(running, 'Environment'), 'Variables')['RELEASE']).toBe(it.release.slice(0, 12));
    for (const path of reached) {
      const module = path.replace('layers/shared/src/', '').replace('.ts', '');
      expect(reachedPart.get(inShared[`nodejs/node_modules/@shared/${module}.js`] ?? '')).toBe(it.files[path]);
    }
    for (const version of Object.values(it.packages)) expect(packaged).toContain(version.split(' ')[0]);
  }
}

/** The stack with a function pinned for good, or not any more. */
function pinned(stack: ModelStack, { name, on }: { readonly name: Name; readonly on: boolean }): ModelStack {
  const running = [...stack.record.functions.values()].find((it) => it.name === name);
  if (!running) return stack;
  const pin = on ? { reason: 'a reason', until: '9999-12-31' } : undefined;
  const template = composePin(stack.record, running, pin);
  return { ...stack, template, record: readRecord(template, 'aviary-local') };
}

const pins = (stack: ModelStack | undefined, name: string): boolean =>
  [...(stack?.record.functions.values() ?? [])].some((it) => it.name === name && it.pin !== undefined);

/** Every function runs what the tree asks for, or the next plan says that it does not, or that it is pinned. */
function expectNothingLost(tree: Tree, stack: ModelStack): void {
  const { items } = makePlan(tree, stack.record);
  const changeOf = (wanted: string): string | undefined =>
    items.find((it) => it.kind === 'function' && it.name === wanted)?.change;
  for (const it of tree.functions) {
    const { release, pin } = stack.record.functions.get(it.logicalId) ?? {};
    const differs = pin ? 'held' : 'changed';
    const expected = release === undefined ? 'new' : release === it.release ? 'unchanged' : differs;
    expect([it.name, changeOf(it.name)]).toEqual([it.name, expected]);
  }
  for (const [id, it] of stack.record.functions)
    if (!tree.functions.some(({ logicalId }) => logicalId === id))
      expect(changeOf(it.name)).toBe(it.pin ? 'held' : 'removed');
}

/** What was not to move has the same block, and the same version of each layer. */
function expectOthersUntouched(before: ModelStack, after: ModelStack, moving: ReadonlySet<string>): void {
  for (const [id, it] of before.record.functions) {
    if (moving.has(it.name)) continue;
    const { Layers: _then, ...then } = objectAt(it.block, 'Properties');
    const { Layers: _now, ...now } = objectAt(after.record.functions.get(id)?.block, 'Properties');
    expect(now).toEqual(then);
    expect(runningConfiguration(id, after)).toEqual(runningConfiguration(id, before));
    expect(after.versions[id]).toBe(before.versions[id]);
  }
}

describe('any sequence of edits and deploys', () => {
  it('keeps the stack true to its record, loses no change, and moves nothing that was not asked for', () => {
    let deploys = 0;
    const property = fc.property(fc.array(step, { minLength: 2, maxLength: 30 }), (steps) => {
      const worlds = [start];
      let stack: ModelStack | undefined;
      for (const it of steps) {
        const world = worlds.at(-1) ?? start;
        if (it.kind === 'edit') worlds.push(it.edit(world));
        if (it.kind === 'revert') worlds.push(worlds[it.to % worlds.length] ?? start);
        if (it.kind === 'pin' && stack) stack = pinned(stack, it);
        if (it.kind !== 'deploy') continue;

        const tree = treeOf(world);
        const plan = makePlan(tree, stack?.record, { uniform: it.uniform });
        const known = plan.items.filter(({ kind }) => kind === 'function').map((item) => item.name);
        const only = it.only?.filter((wanted) => known.includes(wanted) && !pins(stack, wanted));
        if (only?.length === 0) continue;
        const before = stack;
        stack = deploy(tree, before, { uniform: it.uniform, ...(only ? { only } : {}) });
        if (!stack) continue;
        deploys += 1;

        const differs = plan.items.filter(({ kind, change }) => kind === 'function' && !staying.includes(change));
        const moving = new Set(
          differs.map((item) => item.name).filter((wanted) => only?.includes(wanted as Name) ?? true),
        );
        if (before) expectOthersUntouched(before, stack, moving);
        expectRecordTrue(stack);
        expectNothingLost(tree, stack);
        const settled = isSettled(makePlan(tree, stack.record, { uniform: it.uniform }));
        expect(only !== undefined || settled).toBe(true);
      }
    });

    fc.assert(property, { numRuns: 400 });

    expect(deploys).toBeGreaterThan(400);
  });
});
