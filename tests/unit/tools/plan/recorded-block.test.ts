import { objectAt, type JsonObject } from '../../../../tools/lib/json.ts';
import { recordFunction, recordLayer, withoutRecord } from '../../../../tools/plan/recorded-block.ts';
import { configurationOf } from '../../../../tools/tree/release.ts';
import { aCommit, aFunction, aLayer } from '../../../support/engine/a-tree.ts';

const propertiesOf = (block: JsonObject): JsonObject => objectAt(block, 'Properties');
const users = aFunction({
  shared: { 'http/respond': 'a' },
  packages: { zod: '4.1.0 abc' },
  references: { Table: 't' },
  properties: { Environment: { Variables: { LOG_LEVEL: 'DEBUG' } } },
});

describe('recordFunction', () => {
  const block = recordFunction(users, aCommit(), users.release);

  it('makes SAM publish a version by the release', () => {
    expect(propertiesOf(block)['AutoPublishCodeSha256']).toBe(users.release);
  });

  it('makes the configuration differ by what is published, so that Lambda has no such version yet', () => {
    const again = recordFunction(users, aCommit(), 'f'.repeat(64));

    expect(propertiesOf(block)['Description']).toBe(`The function users (release ${users.release.slice(0, 12)})`);
    expect(propertiesOf(again)['Description']).toBe('The function users (release ffffffffffff)');
  });

  it('tells the code its release and its commit, beside the variables that it has', () => {
    const again = recordFunction(users, aCommit('b'), 'f'.repeat(64));
    const expected = { LOG_LEVEL: 'DEBUG', RELEASE: users.release.slice(0, 12) };

    expect(propertiesOf(block)['Environment']).toEqual({ Variables: { ...expected, COMMIT: aCommit() } });
    expect(propertiesOf(again)['Environment']).toEqual({ Variables: { ...expected, COMMIT: aCommit('b') } });
  });

  it('writes the record beside what the build reads', () => {
    const { name, code, release, files, packages, references } = users;

    expect(block['Metadata']).toEqual({
      BuildMethod: 'esbuild',
      BuildProperties: { EntryPoints: ['handler.ts'] },
      Aviary: { name, code, release, commit: aCommit(), files, packages, references },
    });
  });

  it('keeps the domain that a function names, and what ran before', () => {
    const placed = { ...users, block: { ...users.block, Metadata: { Aviary: { Domain: 'orders' } } } };
    const own = (it: JsonObject): JsonObject => objectAt(objectAt(it, 'Metadata'), 'Aviary');

    expect(own(recordFunction(placed, aCommit(), 'x', 'before'))).toMatchObject({
      Domain: 'orders',
      previous: 'before',
    });
    expect(Object.keys(own(block))).not.toEqual(expect.arrayContaining(['Domain']));
    expect(Object.keys(own(block))).not.toEqual(expect.arrayContaining(['previous']));
  });

  it('leaves all else as it is', () => {
    const { Metadata: _metadata, Properties: _properties, ...rest } = block;
    const { Description: _d, Environment: _e, AutoPublishCodeSha256: _a, ...properties } = propertiesOf(block);

    expect(rest).toEqual({ Type: 'AWS::Serverless::Function' });
    expect(properties).toEqual({
      FunctionName: 'aviary-users-local',
      MemorySize: 256,
      CodeUri: 'functions/users/',
    });
  });

  it.each([
    [232, 232],
    [233, 233],
    [234, 233],
    [300, 233],
  ])('cuts a description of %i characters to %i, since Lambda takes 256', (length, kept) => {
    const long = aFunction({ properties: { Description: 'x'.repeat(length) } });

    const description = propertiesOf(recordFunction(long, aCommit(), long.release))['Description'] as string;

    expect(description).toBe(`${'x'.repeat(kept)} (release ${long.release.slice(0, 12)})`);
    expect(description.length).toBeLessThanOrEqual(256);
  });

  it('describes a function without a description by its name', () => {
    const { Description: _, ...rest } = propertiesOf(users.block);
    const bare = { ...users, block: { ...users.block, Properties: rest } };

    expect(propertiesOf(recordFunction(bare, aCommit(), bare.release))['Description']).toMatch(/^users \(release/);
  });
});

describe('recordLayer', () => {
  it('writes the record beside what the build reads, and leaves all else as it is', () => {
    const layer = aLayer({ modules: { 'http/respond': 'a' }, packages: { 'node_modules/zod': '4.1.0' } });
    const { name, code, release, files, packages } = layer;

    expect(recordLayer(layer, aCommit())).toEqual({
      ...layer.block,
      Metadata: { BuildMethod: 'makefile', Aviary: { name, code, release, commit: aCommit(), files, packages } },
    });
  });
});

describe('withoutRecord', () => {
  it.each<[string, JsonObject]>([
    ['with variables', { Environment: { Variables: { A: '1' } } }],
    ['without an environment', {}],
    ['whose description speaks of a release', { Description: 'Its (release notes)' }],
  ])('is the inverse of recordFunction for a function %s', (_name, properties) => {
    const wanted = aFunction({ properties });

    const block = withoutRecord(recordFunction(wanted, aCommit(), wanted.release));

    expect(configurationOf(block)).toEqual(configurationOf(wanted.block));
  });

  it('leaves a block alone that was never recorded', () => {
    expect(withoutRecord(users.block)).toEqual(users.block);
  });
});
