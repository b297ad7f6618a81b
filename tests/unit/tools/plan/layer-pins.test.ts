import fc from 'fast-check';
import { objectAt, type JsonObject } from '../../../../tools/lib/json.ts';
import { composeLayerPin, composePin } from '../../../../tools/pin/compose-pin.ts';
import { compose } from '../../../../tools/plan/compose.ts';
import { activeLayerPins } from '../../../../tools/plan/layer-pins.ts';
import { makePlan, type Plan, type PlanOptions } from '../../../../tools/plan/plan.ts';
import { select } from '../../../../tools/plan/select.ts';
import type { Tree } from '../../../../tools/tree/tree.ts';
import { aFunction, aLayer, aTree } from '../../../support/engine/a-tree.ts';
import { failureOf } from '../../../support/engine/failure-of.ts';
import { deployed, prefix, runningConfiguration, take, type ModelStack } from '../../../support/engine/stack-model.ts';

const now = new Date('2026-12-01T00:00:00Z');
const pin = { reason: 'a bad release of zod', until: '2026-12-24' };
const layers = ['SharedLayer', 'DependenciesLayer'];
const dependencies = aLayer({ name: 'dependencies', packages: { 'node_modules/zod': '4.1.0' } });

interface Texts {
  readonly users?: string;
  readonly health?: string;
  readonly respond?: string;
  readonly table?: string;
  readonly more?: readonly string[];
}

/** `users` reaches respond and `health` table; those of `more` reach respond. */
function treeOf({ users = '1', health = '1', respond = '1', table = '1', more = [] }: Texts = {}): Tree {
  return aTree({
    functions: [
      aFunction({ name: 'users', text: users, shared: { respond }, layers }),
      aFunction({ name: 'health', text: health, shared: { table }, layers }),
      ...more.map((name) => aFunction({ name, shared: { respond }, layers })),
    ],
    layers: [aLayer({ modules: { respond, table } }), dependencies],
  });
}

function withPin(stack: ModelStack, tree: Tree, to: typeof pin | null = pin): ModelStack {
  return take(composeLayerPin(stack.record, { logicalId: 'SharedLayer' }, to ?? undefined), tree, stack);
}

const planOf = (tree: Tree, on: ModelStack, options: PlanOptions = {}): Plan =>
  makePlan(tree, on.record, { now, ...options });

/** As a deploy on that day would do it. */
function deploy(tree: Tree, before: ModelStack, options: PlanOptions = {}): ModelStack {
  const { record, layerArns } = before;
  const selection = select(tree, record, planOf(tree, before, options));
  const pinned = new Set(activeLayerPins(record, options.now ?? now).keys());
  return selection.size === 0
    ? before
    : take(compose({ tree, record, selection, layerArns, prefix, pinned }), tree, before);
}

const changes = (plan: Plan): Record<string, string> =>
  Object.fromEntries(plan.items.filter((it) => it.change !== 'unchanged').map((it) => [it.name, it.change]));
const reasons = (plan: Plan, name: string): string[] =>
  plan.items.find((it) => it.name === name)?.reasons.map(({ kind, detail }) => `${kind}: ${detail}`) ?? [];
const versionsOf = ({ functions }: ModelStack): Record<string, number> =>
  Object.fromEntries(Object.entries(functions).map(([id, { version }]) => [id, version]));
const layersOf = (id: string, stack: ModelStack): unknown => runningConfiguration(id, stack)['Layers'];

const first = deployed(treeOf());
const pinned = withPin(first, treeOf());

describe('the record of a layer pin', () => {
  it('is in the stack, publishes nothing and moves nothing', () => {
    expect(pinned.record.pins).toEqual({ SharedLayer: pin });
    expect(versionsOf(pinned)).toEqual(versionsOf(first));
    expect(pinned.layerArns).toEqual(first.layerArns);
    expect(changes(planOf(treeOf(), pinned))).toEqual({});
  });

  it('changes a resource, too, as CloudFormation takes no change of Metadata alone', () => {
    const unpinned = withPin(pinned, treeOf(), null);

    expect(unpinned.record.pins).toEqual({});
    expect(pinned.template['Resources']).not.toEqual(first.template['Resources']);
    expect(unpinned.template['Resources']).not.toEqual(pinned.template['Resources']);
  });

  it('stays through a deploy, and is nowhere where there is none', () => {
    const own = ({ template }: ModelStack): JsonObject => objectAt(objectAt(template, 'Metadata'), 'Aviary');

    expect(deploy(treeOf({ health: '2' }), pinned).record.pins).toEqual({ SharedLayer: pin });
    expect(own(deploy(treeOf({ health: '2' }), pinned))['pins']).toEqual({ SharedLayer: pin });
    expect(own(deploy(treeOf({ health: '2' }), first))).not.toHaveProperty('pins');
  });
});

describe('a pinned layer', () => {
  const said = 'until 2026-12-24: a bad release of zod';

  it('is not published, and holds the function that needs what is new in it', () => {
    const tree = treeOf({ respond: '2', users: '2' });
    const plan = planOf(tree, pinned);

    expect(changes(plan)).toEqual({ shared: 'held', users: 'held' });
    expect(reasons(plan, 'shared')).toEqual([`pinned: ${said}`]);
    expect(reasons(plan, 'users')).toEqual([`pinned-layer: shared ${said}`]);
    expect(deploy(tree, pinned)).toBe(pinned);
  });

  it('is held itself where it alone differs from what functions wait for', () => {
    const both = take(
      composeLayerPin(pinned.record, { logicalId: 'DependenciesLayer' }, { reason: 'slow', until: '2026-12-24' }),
      treeOf(),
      pinned,
    );

    const plan = planOf(treeOf({ respond: '2' }), both);

    expect(changes(plan)).toEqual({ shared: 'held', users: 'held' });
    expect(reasons(plan, 'users')).toEqual([`pinned-layer: shared ${said}`]);
    expect(reasons(plan, 'dependencies')).toEqual([]);
  });

  it('holds no function that is as it is deployed, or pinned itself', () => {
    const users = pinned.record.functions.get('Users');
    if (!users) throw new Error('There is no Users');
    const own = take(composePin(pinned.record, users, { reason: 'by itself', until: '2026-12-24' }), treeOf(), pinned);

    const plan = planOf(treeOf({ respond: '2' }), own);

    expect(reasons(plan, 'users')).toEqual(['pinned: until 2026-12-24: by itself']);
    expect(reasons(plan, 'health')).toEqual([]);
    expect(changes(plan)).toEqual({ users: 'held' });
  });

  it('lets a function move that changes otherwise, on the version that it has', () => {
    const after = deploy(treeOf({ respond: '2', health: '2' }), pinned);

    expect(versionsOf(after)).toEqual({ Users: 1, Health: 2 });
    expect(after.layerArns).toEqual(pinned.layerArns);
    expect(layersOf('Health', after)).toEqual(layersOf('Health', pinned));
  });

  it('leaves a function on an older version there, where it would move to the newest otherwise', () => {
    const second = treeOf({ respond: '2' });
    const behind = deployed(second, first);
    const third = treeOf({ respond: '2', health: '2' });

    expect(layersOf('Health', behind)).toEqual(layersOf('Health', first));
    expect(layersOf('Health', deploy(third, withPin(behind, second)))).toEqual(layersOf('Health', first));
    expect(layersOf('Health', deploy(third, behind))).not.toEqual(layersOf('Health', first));
  });

  it('takes a new function on the deployed version, where the tree has the same', () => {
    const after = deploy(treeOf({ more: ['orders'] }), pinned);

    expect(versionsOf(after)['Orders']).toBe(1);
    expect(layersOf('Orders', after)).toEqual(layersOf('Users', pinned));
  });

  it('holds a new function where the tree has another', () => {
    const plan = planOf(treeOf({ table: '2', more: ['orders'] }), pinned);

    expect(changes(plan)).toEqual({ shared: 'held', health: 'held', orders: 'held' });
  });

  it('is moved to by nobody with --uniform', () => {
    const second = treeOf({ respond: '2' });
    const behind = withPin(deployed(second, first), second);

    expect(changes(planOf(second, behind, { uniform: true }))).toEqual({});
  });

  it.each([
    ['users', 'users needs what is new in a layer that is pinned: shared until 2026-12-24: a bad release of zod.'],
    ['shared', 'shared is pinned until 2026-12-24: a bad release of zod.'],
  ])('is not gone round by naming %s', (name, problem) => {
    const tree = treeOf({ respond: '2' });
    const failure = failureOf(() => select(tree, pinned.record, planOf(tree, pinned, { only: [name] })));

    expect(failure.problem).toBe(problem);
    expect(failure.next).toBe('To deploy it: npm run aviary -- unpin shared.');
  });

  it('holds on its last day, and not on the one after', () => {
    const tree = treeOf({ respond: '2' });
    const on = (day: string): Record<string, string> => changes(planOf(tree, pinned, { now: new Date(day) }));

    expect(on('2026-12-24T23:59:59Z')).toEqual({ shared: 'held', users: 'held' });
    expect(on('2026-12-25T00:00:00Z')).toEqual({ shared: 'changed', users: 'changed' });
  });

  it('is published by the next deploy once it is unpinned', () => {
    const tree = treeOf({ respond: '2' });
    const after = deploy(tree, withPin(pinned, treeOf(), null));

    expect(versionsOf(after)).toEqual({ Users: 2, Health: 1 });
    expect(after.layerArns).not.toEqual(pinned.layerArns);
  });

  it('never moves, and lacks nothing that a function needs, whatever is edited', () => {
    const text = fc.constantFrom('1', '2', '3');
    const edits = fc.array(fc.record({ users: text, health: text, respond: text, table: text }), { maxLength: 5 });

    fc.assert(
      fc.property(edits, edits, (earlier, later) => {
        const start = earlier.reduce((stack, texts) => deploy(treeOf(texts), stack), first);
        const held = withPin(start, treeOf(earlier.at(-1)));
        const end = later.reduce((stack, texts) => deploy(treeOf(texts), stack), held);

        expect(end.layerArns).toEqual(held.layerArns);
        for (const { logicalId, files } of end.record.functions.values()) {
          expect(layersOf(logicalId, end)).toEqual(layersOf(logicalId, held));
          const [shared = ''] = layersOf(logicalId, end) as string[];
          for (const [path, hash] of Object.entries(files)) {
            if (!path.startsWith('layers/shared/src/')) continue;
            const built = path.replace('layers/shared/src/', 'nodejs/node_modules/@shared/').replace('.ts', '.js');
            expect(end.layerVersions[shared]?.files[built]).toBe(hash);
          }
        }
      }),
    );
  });
});
