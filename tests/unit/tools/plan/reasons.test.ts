import { makePlan } from '../../../../tools/plan/plan.ts';
import type { Tree } from '../../../../tools/tree/tree.ts';
import { deployed, type ModelStack } from '../../../support/engine/stack-model.ts';
import {
  aBlock,
  aCommit,
  aFunction,
  aLayer,
  aNestedStack,
  aTree,
  type FunctionOptions,
} from '../../../support/engine/a-tree.ts';

const layers = ['SharedLayer', 'DependenciesLayer'];
const base: FunctionOptions = {
  layers,
  shared: { 'http/respond': '1' },
  packages: { zod: '4.1.0 abc' },
  // Put together from two words, as by Fn::Sub.
  references: { Table: 'table/ aviary-main-local' },
  properties: { Environment: { Variables: { LOG_LEVEL: 'INFO', A: '1' } } },
};
const treeOf = (options: FunctionOptions = {}, parts: Partial<Tree> = {}): Tree =>
  aTree({
    functions: [aFunction({ ...base, ...options })],
    layers: [aLayer({ modules: { 'http/respond': '1' } }), aLayer({ name: 'dependencies' })],
    ...parts,
  });
const reasonsFor = (name: string, tree: Tree, on: ModelStack = deployed(treeOf())): string[] =>
  (makePlan(tree, on.record).items.find((it) => it.name === name)?.reasons ?? []).map(
    ({ kind, detail }) => `${kind}: ${detail}`,
  );
const reasons = (options: FunctionOptions, on?: ModelStack): string[] => reasonsFor('users', treeOf(options), on);
const properties = { ...base.properties, MemorySize: 512 };

describe('the reasons of a function', () => {
  it('name its own file', () => {
    expect(reasons({ text: 'changed' })).toEqual(['code: functions/users/handler.ts']);
  });

  it('name a shared file and the layer that it moves to', () => {
    expect(reasons({ shared: { 'http/respond': '2' } })).toEqual([
      'code: layers/shared/src/http/respond.ts',
      'layer: shared',
    ]);
  });

  it('name a shared file that it does not reach any more, and one that it reaches now', () => {
    expect(reasons({ shared: { 'http/api': '1' } })).toEqual([
      'code: layers/shared/src/http/api.ts',
      'code: layers/shared/src/http/respond.ts',
      'layer: shared',
    ]);
  });

  it.each([
    ['a package with its versions', { zod: '4.1.1 abc' }, 'zod 4.1.0 → 4.1.1'],
    ['what a package depends on', { zod: '4.1.0 abd' }, 'what zod 4.1.0 depends on'],
    ['a package that is new', { zod: '4.1.0 abc', '@aws-sdk/client-s3': '3.0.0 x' }, '@aws-sdk/client-s3 added: 3.0.0'],
    ['a package that is gone', {}, 'zod removed: 4.1.0'],
  ])('name %s and the layer', (_name, packages, said) => {
    expect(reasons({ packages })).toEqual([`dependency: ${said}`, 'layer: dependencies']);
  });

  it('name no layer that the stack does not have', () => {
    const alone = (options: FunctionOptions): Tree => treeOf({ layers: [], ...options }, { layers: [] });

    expect(reasonsFor('users', alone({ packages: {} }), deployed(alone({})))).toEqual([
      'dependency: zod removed: 4.1.0',
    ]);
  });

  it.each<[string, FunctionOptions, string]>([
    ['a property', { properties }, 'MemorySize 256 → 512'],
    ['a new property', { properties: { ...base.properties, Timeout: 30 } }, 'Timeout added: 30'],
    [
      'a variable',
      { properties: { Environment: { Variables: { LOG_LEVEL: 'DEBUG', A: '1' } } } },
      'Environment.Variables.LOG_LEVEL INFO → DEBUG',
    ],
    [
      'a variable that is new',
      { properties: { Environment: { Variables: { LOG_LEVEL: 'INFO', A: '1', B: '1' } } } },
      'Environment.Variables.B added: 1',
    ],
    [
      'a variable that is gone',
      { properties: { Environment: { Variables: { A: '1' } } } },
      'Environment.Variables.LOG_LEVEL removed: INFO',
    ],
    [
      'the description without the release in it',
      { properties: { ...base.properties, Description: 'New words' } },
      'Description The function users → New words',
    ],
    [
      'a list as such',
      { properties: { ...base.properties, Architectures: ['arm64'] } },
      'Architectures added: ["arm64"]',
    ],
    [
      'a long list by its length',
      { properties: { ...base.properties, Policies: Array.from({ length: 30 }, (_, at) => `policy-${at}`) } },
      'Policies added: a list of 30',
    ],
    [
      'a long map as a block',
      { properties: { ...base.properties, VpcConfig: { SubnetIds: ['subnet-'.repeat(10)] } } },
      'VpcConfig added: a block',
    ],
    ['an attribute of the resource', { attributes: { DependsOn: 'Queue' } }, 'DependsOn added: Queue'],
    [
      'a name behind a reference',
      { references: { Table: 'table/ other' } },
      'the name of Table aviary-main-local → other',
    ],
    [
      'one layer less',
      { layers: ['SharedLayer'] },
      'Layers [{"Ref":"SharedLayer"},{"Ref":"DependenciesLayer"}] → [{"Ref":"SharedLayer"}]',
    ],
  ])('name %s', (_name, options, said) => {
    expect(reasons(options)).toEqual([`config: ${said}`]);
  });

  it('name how it is built', () => {
    expect(reasons({ buildProperties: { Minify: true } })).toEqual(['build: Minify added: true']);
  });

  it('name esbuild where the same sources give another bundle', () => {
    const tree = treeOf();
    const functions = tree.functions.map((it) => ({ ...it, code: 'other', release: 'f'.repeat(64) }));

    expect(reasonsFor('users', { ...tree, functions })).toEqual([
      'build: the same sources give another bundle (esbuild)',
    ]);
  });

  it('name the target of the layers where nothing else differs', () => {
    const tree = treeOf();
    const functions = tree.functions.map((it) => ({ ...it, release: 'f'.repeat(64) }));

    expect(reasonsFor('users', { ...tree, functions })).toEqual(['build: the target of the layers']);
  });

  it('come in a fixed order, all of them', () => {
    expect(reasons({ text: 'x', packages: {}, properties, references: {} })).toEqual([
      'code: functions/users/handler.ts',
      'dependency: zod removed: 4.1.0',
      'layer: dependencies',
      'config: MemorySize 256 → 512',
      'config: the name of Table removed: table/ aviary-main-local',
    ]);
  });

  it('are none of what a deploy itself writes', () => {
    const on = deployed({ ...treeOf(), commit: aCommit('b') });

    expect(reasons({ properties }, on)).toEqual(['config: MemorySize 256 → 512']);
  });

  it.each([
    ['no description', undefined],
    ['a description that was cut', 'x'.repeat(300)],
    ['a description that CloudFormation completes', { 'Fn::Sub': 'in ${AWS::Region}' }],
  ])('are none of the description of a function with %s', (_name, Description) => {
    const wanted = (memory: number): Tree => {
      const tree = treeOf();
      const functions = tree.functions.map((it) => {
        const { Description: _, ...rest } = it.block['Properties'] as Record<string, never>;
        const Properties = { ...rest, MemorySize: memory, ...(Description === undefined ? {} : { Description }) };
        return { ...it, block: { ...it.block, Properties }, release: String(memory).repeat(16) };
      });
      return { ...tree, functions };
    };

    expect(reasonsFor('users', wanted(512), deployed(wanted(256)))).toEqual(['config: MemorySize 256 → 512']);
  });

  it('are none of the layers that it was pinned to', () => {
    const health = aFunction({ name: 'health', shared: { table: '1' }, layers });
    const modules = (respond: string): Partial<Tree> => ({
      layers: [aLayer({ modules: { 'http/respond': respond, table: '1' } }), aLayer({ name: 'dependencies' })],
    });
    const both = (options: FunctionOptions, other: Tree['functions'][number], respond: string): Tree =>
      treeOf({}, { functions: [aFunction({ ...base, ...options }), other], ...modules(respond) });
    const first = deployed(both({}, health, '1'));
    const pinned = deployed(both({ shared: { 'http/respond': '2' } }, health, '2'), first);
    const bigger = aFunction({ name: 'health', shared: { table: '1' }, layers, properties: { MemorySize: 512 } });

    const said = reasonsFor('health', both({ shared: { 'http/respond': '2' } }, bigger, '2'), pinned);

    expect(JSON.stringify(pinned.record.functions.get('Health')?.block)).toContain('arn:aws:lambda');
    expect(said).toEqual(['config: MemorySize 256 → 512']);
  });
});

describe('the reasons of a layer', () => {
  const moving = { text: 'changed' };

  it('name the source of a file of the shared layer', () => {
    const changed = [aLayer({ modules: { 'http/respond': '2' } }), aLayer({ name: 'dependencies' })];

    expect(reasonsFor('shared', treeOf(moving, { layers: changed }))).toEqual([
      'code: layers/shared/src/http/respond.ts',
    ]);
  });

  it('name entries and packages of the dependencies layer', () => {
    const layersOf = (entry: string, zod: string): Partial<Tree> => ({
      layers: [
        aLayer(),
        aLayer({ name: 'dependencies', modules: { zod: entry }, packages: { 'node_modules/a/node_modules/zod': zod } }),
      ],
    });

    expect(
      reasonsFor('dependencies', treeOf(moving, layersOf('2', '4.1.1')), deployed(treeOf({}, layersOf('1', '4.1.0')))),
    ).toEqual(['code: layers/dependencies/src/zod.ts', 'dependency: zod 4.1.0 → 4.1.1']);
  });

  it('name its properties', () => {
    const renamed = [
      aLayer({ modules: { 'http/respond': '1' }, properties: { LayerName: 'other' } }),
      aLayer({ name: 'dependencies' }),
    ];

    expect(reasonsFor('shared', treeOf(moving, { layers: renamed }))).toEqual([
      'config: LayerName aviary-shared-local → other',
    ]);
  });

  it('name the target where nothing else differs', () => {
    const tree = treeOf(moving);
    const other = tree.layers.map((it) => ({ ...it, release: 'other' }));

    expect(reasonsFor('shared', { ...tree, layers: other })).toEqual(['build: the target of the layers']);
  });
});

describe('the reasons of other parts', () => {
  const reasonsOf = (name: string, before: Partial<Tree>, after: Partial<Tree>): string[] =>
    reasonsFor(name, treeOf({}, after), deployed(treeOf({}, before)));

  it('name a property', () => {
    const queue = (QueueName: string): Partial<Tree> => ({
      resources: [aBlock('Queue', { Type: 'AWS::SQS::Queue', Properties: { QueueName } })],
    });

    expect(reasonsOf('Queue', queue('a'), queue('b'))).toEqual(['config: QueueName a → b']);
  });

  it('name the nested template that changed, and not where it was uploaded to', () => {
    const data = (content: string): Partial<Tree> => ({
      resources: [aNestedStack('Data', 'infra/data.yaml', content)],
    });

    expect(reasonsOf('Data', data('1'), data('2'))).toEqual(['content: infra/data.yaml']);
  });

  it('name the value of an output', () => {
    const url = (Value: string): Partial<Tree> => ({ outputs: [aBlock('Url', { Value })] });

    expect(reasonsOf('Url', url('a'), url('b'))).toEqual(['config: Value a → b']);
  });

  it('name a part by itself where nothing can be shown', () => {
    const hidden = aBlock('Queue');
    const before = { resources: [{ ...hidden, hash: 'other' }] };

    expect(reasonsOf('Queue', before, { resources: [hidden] })).toEqual(['config: Queue']);
  });

  it.each<[string, Tree['parameters'], Tree['parameters'], string]>([
    ['a changed parameter', { Days: 14 }, { Days: 30 }, '14 → 30'],
    ['a new parameter', {}, { Days: 30 }, 'added: 30'],
    ['a removed parameter', { Days: 14 }, {}, 'removed: 14'],
  ])('name %s', (_name, before, after, said) => {
    expect(reasonsOf('Days', { parameters: before }, { parameters: after })).toEqual([`parameter: ${said}`]);
  });
});
