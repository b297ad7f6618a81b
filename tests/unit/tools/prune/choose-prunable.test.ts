import {
  choosePrunable,
  type Inventory,
  type StoredFunction,
  type StoredVersion,
} from '../../../../tools/prune/choose-prunable.ts';
import type { Deployed } from '../../../../tools/rollback/find-earlier.ts';
import { aFunction, aLayer, aTree } from '../../../support/engine/a-tree.ts';
import { deployed, type ModelStack } from '../../../support/engine/stack-model.ts';

const texts = ['a', 'b', 'c', 'd'] as const;
/** Four deploys of `users`; `health` has been the same all the time. */
const stacks = texts.reduce<ModelStack[]>((before, text) => {
  const functions = [
    aFunction({ name: 'users', text, shared: { respond: text }, layers: ['SharedLayer'] }),
    aFunction({ name: 'health', layers: ['SharedLayer'] }),
  ];
  const tree = aTree({ functions, layers: [aLayer({ modules: { respond: text } })] });
  return [...before, deployed(tree, before.at(-1))];
}, []);
const [first, , , last] = stacks;
if (!first || !last) throw new Error('There are four');

const old = new Date('2026-11-01T00:00:00Z');
const now = new Date('2026-11-21T00:00:00Z');
const keyOf = (hash: string): string => hash.slice(0, 32);
const releaseAt = (at: number): string => stacks[at]?.record.functions.get('Users')?.release ?? '';
const codeAt = (at: number): string => keyOf(stacks[at]?.record.functions.get('Users')?.code ?? '');
const templates: Deployed[] = stacks
  .map(({ record }, at) => ({ key: `${String(at).repeat(32)}.template`, deployed: record, at: old }))
  .reverse();
const versions = texts.map((_, at): StoredVersion => {
  return { version: String(at + 1), release: releaseAt(at).slice(0, 12), layers: [`layer:${at + 1}`], at: old };
});
const users: StoredFunction = {
  ...{ logicalId: 'Users', name: 'users', functionName: 'aviary-users-local' },
  ...{ versions, aliased: new Set(['4']), latestLayers: ['layer:4'] },
};
const layerAt = (version: number) => ({ arn: `layer:${version}`, layerName: 'aviary-shared-local', version, at: old });
const inventory: Inventory = {
  functions: [users],
  layers: [1, 2, 3, 4].map(layerAt),
  stackLayers: ['layer:4'],
  bucket: 'bucket',
  objects: [
    ...texts.map((_, at) => ({ key: codeAt(at), bytes: 10, at: old })),
    ...templates.map(({ key }) => ({ key, bytes: 10, at: old })),
  ],
  templates,
};
const choose = (keep: number, more: Partial<Inventory> = {}, before = now) => {
  const { versions: gone, layers, objects } = choosePrunable(last.record, { ...inventory, ...more }, { keep, before });
  return {
    versions: gone.map(({ version }) => version),
    layers: layers.map(({ version }) => version),
    objects: objects.map(({ key }) => key),
  };
};

describe('choosePrunable', () => {
  it('leaves everything where no release is older than those that are kept', () => {
    expect(choose(4)).toEqual({ versions: [], layers: [], objects: [] });
    expect(choose(10)).toEqual({ versions: [], layers: [], objects: [] });
  });

  it('takes what came before: versions, the layers that they alone have, packages and templates', () => {
    expect(choose(2)).toEqual({
      versions: ['1', '2'],
      layers: [1, 2],
      objects: [codeAt(0), codeAt(1), `${'1'.repeat(32)}.template`, `${'0'.repeat(32)}.template`],
    });
  });

  it('leaves what is younger than the window', () => {
    const young = { at: now };

    expect(
      choose(1, {
        functions: [{ ...users, versions: versions.map((it) => ({ ...it, ...young })) }],
        layers: inventory.layers.map((it) => ({ ...it, ...young })),
        objects: inventory.objects.map((it) => ({ ...it, ...young })),
      }),
    ).toEqual({ versions: [], layers: [], objects: [] });
  });

  it('leaves a version that an alias points at, with its layers', () => {
    const { versions: gone, layers } = choose(1, { functions: [{ ...users, aliased: new Set(['1', '4']) }] });

    expect(gone).toEqual(['2', '3']);
    expect(layers).toEqual([2, 3]);
  });

  it('leaves a version that Aviary did not publish, with its layers', () => {
    const other = { version: '9', release: undefined, layers: ['layer:1'], at: old };
    const { versions: gone, layers } = choose(1, { functions: [{ ...users, versions: [...versions, other] }] });

    expect(gone).toEqual(['1', '2', '3']);
    expect(layers).toEqual([2, 3]);
  });

  it('leaves the layers of the stack and of the unpublished version', () => {
    const functions = [{ ...users, latestLayers: ['layer:2'] }];

    expect(choose(1, { functions, stackLayers: ['layer:3'] }).layers).toEqual([1]);
  });

  it('leaves objects that are named in another way, and those that a template speaks of', () => {
    const health = keyOf(last.record.functions.get('Health')?.code ?? '');
    const objects = ['notes.txt', 'backup/2026.zip', health, `source-maps/${health}.json`].map((key) => {
      return { key, bytes: 10, at: old };
    });

    expect(choose(1, { objects }).objects).toEqual([]);
    expect(choose(1, { objects: [{ key: `x/${'f'.repeat(32)}`, bytes: 1, at: old }] }).objects).toHaveLength(1);
  });

  it('leaves what a template names that is itself too young to go', () => {
    const [newest, ...others] = templates;
    const young = others.map((it) => (it.deployed === first.record ? { ...it, at: now } : it));

    const { objects } = choose(1, { templates: newest ? [newest, ...young] : young });

    expect(objects).not.toContain(codeAt(0));
    expect(objects).toContain(codeAt(1));
  });
});
