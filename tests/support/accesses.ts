import { globSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { functionNames } from '../../tools/scaffold/names.ts';
import { repository } from './engine/a-folder.ts';

/** Who may ask each route, by method and resource, as the tables of routes in functions/<name>/routes.ts have it. */
export async function readAccesses(): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = {};
  for (const file of globSync('functions/*/routes.ts', { cwd: repository })) {
    const { camel } = functionNames(basename(dirname(file)));
    const tables = (await import(join(repository, file))) as Record<string, Record<string, { access: string }>>;
    for (const [route, { access }] of Object.entries(tables[`${camel}Routes`] ?? {})) found[route] = access;
  }
  return found;
}
