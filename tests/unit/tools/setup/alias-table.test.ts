import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';

const repository = resolve(__dirname, '..', '..', '..', '..');

/** What tsc takes an import for. */
function tscResolves(name: string): string | undefined {
  const { config } = ts.readConfigFile(join(repository, 'tsconfig.json'), (path) => ts.sys.readFile(path)) as {
    config: unknown;
  };
  const { options } = ts.parseJsonConfigFileContent(
    { ...(config as object), include: [], files: [] },
    ts.sys,
    repository,
  );
  const importer = join(repository, 'tests', 'unit', 'importer.ts');
  return ts.resolveModuleName(name, importer, options, ts.sys).resolvedModule?.resolvedFileName;
}

test('tsc and jest take the short import paths for the same files', () => {
  const names = ['@shared/http/respond', '@shared/observability/logger'].filter((name) => {
    const [, ...path] = name.split('/');
    return existsSync(`${join(repository, 'layers', 'shared', 'src', ...path)}.ts`);
  });

  expect(names).not.toEqual([]);
  expect(names.map((name) => require.resolve(name))).toEqual(names.map(tscResolves));
});
