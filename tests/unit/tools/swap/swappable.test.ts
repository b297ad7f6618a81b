import type { PlanItem } from '../../../../tools/plan/plan.ts';
import { isSwappable } from '../../../../tools/swap/swappable.ts';
import { aPlan } from '../../../support/engine/a-plan.ts';
import { aLayer, aTree } from '../../../support/engine/a-tree.ts';

const shared = aLayer({ modules: { log: 'a' } });
const dependencies = aLayer({ name: 'dependencies', modules: { zod: 'a' } });
const tree = aTree({ layers: [shared, dependencies] });

const item = (parts: Partial<PlanItem>): PlanItem => ({
  name: 'users',
  kind: 'function',
  change: 'changed',
  reasons: [{ kind: 'code', detail: 'functions/users/handler.ts' }],
  code: 'a',
  release: 'a',
  running: 'b',
  ...parts,
});
const layer = (name: string, kind: 'code' | 'dependency' | 'build'): PlanItem =>
  item({ kind: 'layer', name, reasons: [{ kind, detail: 'x' }] });

describe('isSwappable', () => {
  it.each<[string, PlanItem[]]>([
    ['nothing', []],
    ['what stays', [item({ change: 'unchanged', reasons: [] }), item({ change: 'held', name: 'orders' })]],
    ['the code of a function', [item({})]],
    [
      'a module of the shared layer, with the functions that reach it',
      [layer('shared', 'code'), item({ reasons: [{ kind: 'layer', detail: 'shared' }] })],
    ],
  ])('holds of %s', (_what, items) => {
    expect(isSwappable(aPlan({ items }), tree)).toBe(true);
  });

  it.each<[string, PlanItem[]]>([
    ['a package', [item({ reasons: [{ kind: 'dependency', detail: 'zod 4.1.0 → 4.1.1' }] })]],
    ['a setting', [item({}), item({ name: 'orders', reasons: [{ kind: 'config', detail: 'MemorySize' }] })]],
    ['how it is built', [item({ reasons: [{ kind: 'build', detail: 'Minify' }] })]],
    ['a new function', [item({ change: 'new', reasons: [{ kind: 'new', detail: '' }] })]],
    ['a function that goes', [item({ change: 'removed', reasons: [{ kind: 'removed', detail: '' }] })]],
    ['a resource', [item({ kind: 'resource', name: 'Queue' })]],
    ['the layer of the packages', [layer('dependencies', 'code')]],
    [
      'a property of the shared layer',
      [item({ kind: 'layer', name: 'shared', reasons: [{ kind: 'config', detail: '' }] })],
    ],
  ])('does not hold of %s', (_what, items) => {
    expect(isSwappable(aPlan({ items }), tree)).toBe(false);
  });
});
