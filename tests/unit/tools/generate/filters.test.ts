import fc from 'fast-check';
import { filtersOf } from '../../../../tools/generate/filters.ts';
import { functionPaths } from '../../../../tools/generate/function-paths.ts';
import { renderFilters } from '../../../../tools/generate/render-filters.ts';
import type { Tree, TreeBlock, TreeFunction } from '../../../../tools/tree/tree.ts';
import { pathsFilter } from '../../../support/paths-filter.ts';

function aFunction(name: string, more: Partial<TreeFunction> = {}): TreeFunction {
  const entry = `functions/${name}/handler.ts`;
  return {
    ...{ logicalId: name, name, folder: `functions/${name}`, entry, block: {}, code: '', bytes: 0, release: '' },
    ...{ files: { [entry]: '' }, packages: {}, references: {}, imports: { [entry]: [] } },
    ...more,
  };
}

function aTree(functions: TreeFunction[], resources: TreeBlock[] = []): Tree {
  const nothing = { head: {}, parameters: {}, layers: [], outputs: [] };
  return { stage: 'staging', commit: 'unknown', ...nothing, functions, resources };
}

const graph = new Map([['functions/one/handler.ts', ['functions/one/shaken-out.ts']]]);
const matcher = (...trees: Tree[]): ((path: string) => string[]) =>
  pathsFilter(renderFilters(filtersOf(functionPaths(trees, graph), ['template.yaml'])));

describe('the filters of a tree', () => {
  test('match a file for each function that imports it', () => {
    const files = { 'layers/shared/src/a.ts': '' };

    const filtersFor = matcher(aTree([aFunction('one', { files }), aFunction('two', { files }), aFunction('three')]));

    expect(filtersFor('layers/shared/src/a.ts')).toEqual(['code', 'one', 'two']);
  });

  test('match an imported file although nothing of it is in the bundle', () => {
    const filtersFor = matcher(aTree([aFunction('one')]));

    expect(filtersFor('functions/one/shaken-out.ts')).toEqual(['code', 'one']);
  });

  test('match what changes every function for each of them', () => {
    const filtersFor = matcher(aTree([aFunction('one'), aFunction('two')]));

    expect(filtersFor('template.yaml')).toEqual(['code', 'every-function', 'one', 'two']);
  });

  test('match a nested template for the functions that refer to it', () => {
    const data = { logicalId: 'Data', block: {}, hash: '', contents: { 'infra/data.yaml': '' } };
    const block = { Properties: { Policies: [{ 'Fn::Sub': '${Data.Outputs.TableArn}/index/gsi1' }] } };

    const filtersFor = matcher(aTree([aFunction('one', { block }), aFunction('two')], [data]));

    expect(filtersFor('infra/data.yaml')).toEqual(['code', 'one']);
  });

  test('hold what a function depends on in any stage', () => {
    const other = aFunction('one', { files: { 'functions/one/other.ts': '' } });

    const filtersFor = matcher(aTree([aFunction('one')]), aTree([other]));

    expect(filtersFor('functions/one/handler.ts')).toEqual(['code', 'one']);
    expect(filtersFor('functions/one/other.ts')).toEqual(['code', 'one']);
  });

  test.each(['a [1].ts', '(x)/!y.ts', "it's.ts", '{a,b}.ts', 'a+(b)|c*?.ts', '@x/y.ts', 'ä.ts'])(
    'match %s and not what its name would mean as a pattern',
    (name) => {
      const path = `functions/one/${name}`;
      const filtersFor = matcher(aTree([aFunction('one', { files: { [path]: '' } })]));

      expect(filtersFor(path)).toEqual(['code', 'one']);
      expect(filtersFor('functions/one/a.ts')).toEqual(['code']);
    },
  );

  test.each(['no', 'yes', 'null', 'a: b'])('take a function called %s for text', (name) => {
    const filtersFor = matcher(aTree([aFunction(name)]));

    expect(filtersFor(`functions/${name}/handler.ts`)).toEqual(['code', name]);
  });

  test.each(['code', 'docs', 'changes', 'every-function'])('refuse a function called %s', (name) => {
    expect(() => filtersOf(functionPaths([aTree([aFunction(name)])], new Map()), [])).toThrow(
      `Rename the folder functions/${name}`,
    );
  });

  test('take every path for either code or docs', () => {
    const filtersFor = matcher(aTree([]));
    const part = fc.constantFrom(
      'docs',
      'docsx',
      'do',
      'x',
      '.github',
      'README.md',
      'LICENSE',
      'LICENSES',
      '.x',
      'a.md.ts',
    );

    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), (parts) => {
        const [first = '', ...rest] = parts;
        const isProse = first === 'docs' ? rest.length > 0 : rest.length === 0 && /\.md$|^LICENSE$/.test(first);
        expect(filtersFor(parts.join('/'))).toEqual([isProse ? 'docs' : 'code']);
      }),
    );
  });

  test('take the OpenAPI document for code, since it is generated and checked', () => {
    const filtersFor = matcher(aTree([]));

    expect(filtersFor('docs/openapi.yaml')).toEqual(['code']);
    expect(filtersFor('docs/guide/openapi.yaml')).toEqual(['docs']);
  });
});
