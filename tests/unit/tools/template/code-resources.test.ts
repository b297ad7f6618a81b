import { findCodeResources, type CodeResources } from '../../../../tools/template/code-resources.ts';
import type { JsonObject } from '../../../../tools/lib/json.ts';
import { aFolder } from '../../../support/engine/a-folder.ts';
import { failureOf } from '../../../support/engine/failure-of.ts';

const root = aFolder({
  'functions/users/handler.ts': '',
  'functions/users/other.ts': '',
  'layers/shared/Makefile': '',
});
const metadata = { BuildMethod: 'esbuild', BuildProperties: { EntryPoints: ['handler.ts'], Minify: true } };
const block = (parts: JsonObject = {}): JsonObject => ({
  Type: 'AWS::Serverless::Function',
  Metadata: metadata,
  Properties: { CodeUri: 'functions/users/' },
  ...parts,
});
const find = (Users: JsonObject): CodeResources => findCodeResources({ Users }, root);
const refusalOf = (parts: JsonObject): string => failureOf(() => find(block(parts))).problem;

describe('findCodeResources', () => {
  it.each(['functions/users/', 'functions/users', './functions/users/'])('finds the function at %s', (CodeUri) => {
    const { functions, layers } = find(block({ Properties: { CodeUri } }));

    expect(functions).toEqual([
      {
        kind: 'function',
        logicalId: 'Users',
        name: 'users',
        folder: 'functions/users',
        entry: 'functions/users/handler.ts',
        buildProperties: { EntryPoints: ['handler.ts'], Minify: true },
        block: block({ Properties: { CodeUri } }),
      },
    ]);
    expect(layers).toEqual([]);
  });

  it('finds a layer', () => {
    const layer = { Type: 'AWS::Serverless::LayerVersion', Properties: { ContentUri: 'layers/shared/' } };

    expect(find(layer).layers).toEqual([
      { kind: 'layer', logicalId: 'Users', name: 'shared', folder: 'layers/shared', block: layer },
    ]);
  });

  it('passes over what is not built', () => {
    const inline = block({ Properties: { InlineCode: 'exports.handler = () => 1' } });

    expect(find(inline).functions).toEqual([]);
    expect(find({ Type: 'AWS::Lambda::Function' }).functions).toEqual([]);
  });

  it('refuses a function without CodeUri', () => {
    expect(refusalOf({ Properties: {} })).toBe('template.yaml: Users has no CodeUri.');
  });

  it('refuses a layer without ContentUri', () => {
    const failure = failureOf(() => find({ Type: 'AWS::Serverless::LayerVersion' }));

    expect(failure.problem).toBe('template.yaml: Users has no ContentUri.');
  });

  it('refuses a folder that is not there', () => {
    expect(refusalOf({ Properties: { CodeUri: 'functions/user/' } })).toBe(
      'template.yaml: Users points at functions/user, which does not exist.',
    );
  });

  it.each([[{}], [{ BuildMethod: 'makefile' }], [{ BuildProperties: metadata.BuildProperties }]])(
    'refuses a function that is built in another way: %j',
    (Metadata) => {
      expect(refusalOf({ Metadata })).toBe('template.yaml: Users is not built with esbuild.');
    },
  );

  it.each([[undefined], [[]], [['handler.ts', 'other.ts']], ['handler.ts'], [[1]]])(
    'refuses other than one entry point: %j',
    (EntryPoints) => {
      const BuildProperties: JsonObject = EntryPoints === undefined ? {} : { EntryPoints };

      expect(refusalOf({ Metadata: { BuildMethod: 'esbuild', BuildProperties } })).toBe(
        'template.yaml: Users needs one entry point.',
      );
    },
  );

  it('refuses an entry point that is not there', () => {
    const BuildProperties = { EntryPoints: ['main.ts'] };

    expect(refusalOf({ Metadata: { BuildMethod: 'esbuild', BuildProperties } })).toBe(
      'template.yaml: Users starts at functions/users/main.ts, which does not exist.',
    );
  });

  it('refuses two functions of one folder, since the folder is the name', () => {
    const other = { BuildMethod: 'esbuild', BuildProperties: { EntryPoints: ['other.ts'] } };
    const call = (): unknown => findCodeResources({ Users: block(), Other: block({ Metadata: other }) }, root);

    expect(failureOf(call).problem).toBe('template.yaml: Users and Other are both called users.');
  });
});
