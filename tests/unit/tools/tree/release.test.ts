import { layerTarget } from '../../../../tools/build/layer-options.ts';
import { sha256 } from '../../../../tools/lib/json.ts';
import { configurationOf, releaseOf, type ReleaseInputs } from '../../../../tools/tree/release.ts';

const inputs: ReleaseInputs = {
  code: 'c1',
  files: { 'functions/users/handler.ts': 'h1', 'layers/shared/src/http/respond.ts': 's1' },
  packages: { zod: '4.1.0 abc' },
  block: {
    Type: 'AWS::Serverless::Function',
    DependsOn: ['Table'],
    Metadata: { BuildMethod: 'esbuild' },
    Properties: { CodeUri: 'functions/users/', MemorySize: 256, Runtime: 'nodejs24.x' },
  },
  references: { Table: 'aviary-main-local' },
};
const withProperties = (properties: ReleaseInputs['block']): ReleaseInputs => ({
  ...inputs,
  block: { ...inputs.block, Properties: { ...(inputs.block['Properties'] as object), ...properties } },
});
const release = releaseOf(inputs);

describe('releaseOf', () => {
  it('is a sha256', () => {
    expect(release).toMatch(/^[0-9a-f]{64}$/);
  });

  it('counts what both layers are built for', () => {
    const { code, packages: dependencies, references } = inputs;
    const shared = { 'layers/shared/src/http/respond.ts': 's1' };
    const properties = configurationOf(inputs.block);

    expect(release).toBe(sha256({ code, shared, dependencies, target: layerTarget, properties, references }));
  });

  it.each<[string, ReleaseInputs]>([
    ['the code', { ...inputs, code: 'c2' }],
    ['a shared file', { ...inputs, files: { ...inputs.files, 'layers/shared/src/http/respond.ts': 's2' } }],
    ['one more shared file', { ...inputs, files: { ...inputs.files, 'layers/shared/src/http/api.ts': 's2' } }],
    ['a package', { ...inputs, packages: { zod: '4.1.1 abc' } }],
    ['what a package depends on', { ...inputs, packages: { zod: '4.1.0 abd' } }],
    ['one package less', { ...inputs, packages: {} }],
    ['a property', withProperties({ MemorySize: 512 })],
    ['the runtime', withProperties({ Runtime: 'nodejs26.x' })],
    ['a variable', withProperties({ Environment: { Variables: { A: '1' } } })],
    ['an attribute of the resource', { ...inputs, block: { ...inputs.block, DependsOn: ['Queue'] } }],
    ['the name of a table', { ...inputs, references: { Table: 'other' } }],
  ])('changes with %s', (_name, changed) => {
    expect(releaseOf(changed)).not.toBe(release);
  });

  it.each<[string, ReleaseInputs]>([
    ['where the code is', withProperties({ CodeUri: 's3://bucket/key' })],
    ['what only the build reads', { ...inputs, block: { ...inputs.block, Metadata: { BuildMethod: 'other' } } }],
    ['its own files, which are in its code', { ...inputs, files: { ...inputs.files, 'functions/users/a.ts': 'x' } }],
    ['the order of properties', { ...inputs, block: Object.fromEntries(Object.entries(inputs.block).reverse()) }],
  ])('does not change with %s', (_name, changed) => {
    expect(releaseOf(changed)).toBe(release);
  });
});

describe('configurationOf', () => {
  it('takes out where the code is and what only the build reads', () => {
    const block = { Type: 'T', Metadata: { A: 1 }, Properties: { CodeUri: 'a', ContentUri: 'b', Name: 'n' } };

    expect(configurationOf(block)).toEqual({ Type: 'T', Properties: { Name: 'n' } });
  });
});
