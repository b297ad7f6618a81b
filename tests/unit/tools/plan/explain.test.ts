import { explain, type Explanation } from '../../../../tools/plan/explain.ts';
import { makePlan } from '../../../../tools/plan/plan.ts';
import { deployed } from '../../../support/engine/stack-model.ts';
import { aFunction, aLayer, aTree, type FunctionOptions } from '../../../support/engine/a-tree.ts';

const entry = 'functions/users/handler.ts';
const shared = (module: string): string => `layers/shared/src/${module}.ts`;
const options: FunctionOptions = {
  shared: { 'http/api': '1', 'http/respond': '1', log: '1' },
  packages: { zod: '4.1.0 a' },
  imports: {
    [entry]: [shared('log'), shared('http/api'), shared('trace')],
    // Three ways to respond.ts; through log and trace, imported before and after, it is one step longer.
    [shared('trace')]: [shared('format')],
    [shared('log')]: [shared('format')],
    [shared('format')]: [shared('http/respond'), entry],
    [shared('http/api')]: [shared('http/respond'), 'zod'],
  },
};
const treeOf = (more: FunctionOptions = {}): ReturnType<typeof aTree> =>
  aTree({ functions: [aFunction({ ...options, ...more })], layers: [aLayer(), aLayer({ name: 'dependencies' })] });
const explainAfter = (more: FunctionOptions, name = 'users'): Explanation | undefined => {
  const tree = treeOf(more);
  return explain(name, tree, makePlan(tree, deployed(treeOf()).record));
};

describe('explain', () => {
  it('shows the shortest way to a file', () => {
    const explanation = explainAfter({ shared: { ...options.shared, 'http/respond': '2' } });

    expect(explanation?.reasons[0]).toEqual({
      kind: 'code',
      detail: shared('http/respond'),
      chain: [entry, shared('http/api'), shared('http/respond')],
    });
  });

  it.each([
    ['to another version of a package', '4.1.1 a', 'zod 4.1.0 → 4.1.1'],
    ['to what a package depends on', '4.1.0 b', 'what zod 4.1.0 depends on'],
  ])('shows the way %s', (_name, zod, detail) => {
    expect(explainAfter({ packages: { zod } })?.reasons[0]).toEqual({
      kind: 'dependency',
      detail,
      chain: [entry, shared('http/api'), 'zod'],
    });
  });

  it('shows the entry itself where that is what changed', () => {
    expect(explainAfter({ text: '2' })?.reasons).toEqual([{ kind: 'code', detail: entry, chain: [entry] }]);
  });

  it('shows no way where nothing is imported', () => {
    expect(explainAfter({ properties: { MemorySize: 512 } })?.reasons).toEqual([
      { kind: 'config', detail: 'MemorySize 256 → 512', chain: [] },
    ]);
  });

  it('shows no way to what is not imported any more', () => {
    const { packages: _, ...rest } = options;
    const gone = aTree({ functions: [aFunction({ ...rest, imports: { [entry]: [] } })], layers: treeOf().layers });

    const reasons = explain('users', gone, makePlan(gone, deployed(treeOf()).record))?.reasons;

    expect(reasons).toContainEqual({ kind: 'dependency', detail: 'zod removed: 4.1.0', chain: [] });
  });

  it('says what runs and what the tree asks for', () => {
    const before = treeOf().functions[0]?.release;
    const after = treeOf({ text: '2' }).functions[0]?.release;

    expect(explainAfter({ text: '2' })).toMatchObject({
      name: 'users',
      change: 'changed',
      running: before,
      release: after,
    });
  });

  it('explains a function that is to go', () => {
    const gone = aTree();

    expect(explain('users', gone, makePlan(gone, deployed(treeOf()).record))).toMatchObject({
      change: 'removed',
      reasons: [{ kind: 'removed', chain: [] }],
    });
  });

  it.each(['shared', 'nobody', 'Users'])('knows no function %s', (name) => {
    expect(explainAfter({}, name)).toBeUndefined();
  });
});
