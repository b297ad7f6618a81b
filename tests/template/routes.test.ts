import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { objectAt, stringAt, type JsonObject } from '../../tools/lib/json.ts';
import { repository } from '../support/engine/a-folder.ts';
import { resolvedStages } from '../support/engine/stages.ts';

const [local] = resolvedStages().filter(({ name }) => name === 'local');
const functions = Object.values(local?.root ?? {}).filter((block) => block['Type'] === 'AWS::Serverless::Function');
const folderOf = (block: JsonObject): string => basename(stringAt(objectAt(block, 'Properties'), 'CodeUri') ?? '');

/** `GET /users/{id}` of each API event. */
const routesInTemplate = (block: JsonObject): string[] =>
  Object.values(objectAt(objectAt(block, 'Properties'), 'Events'))
    .filter((event) => stringAt(event, 'Type') === 'Api')
    .map((event) => objectAt(event, 'Properties'))
    .map((event) => `${stringAt(event, 'Method') ?? ''} ${stringAt(event, 'Path') ?? ''}`);

/** The keys of the function's table of routes, as its source writes them. */
const routesInSource = (folder: string): string[] =>
  globSync(`functions/${folder}/!(openapi).ts`, { cwd: repository }).flatMap((file) =>
    [...readFileSync(join(repository, file), 'utf8').matchAll(/'((?:GET|POST|PUT|PATCH|DELETE) \/[^']*)':/g)].map(
      ([, route = '']) => route,
    ),
  );

describe('routes', () => {
  it('are found in the source of the functions behind the API', () => {
    expect(functions.flatMap((block) => routesInSource(folderOf(block)))).not.toEqual([]);
  });

  it.each(functions.map((block) => [folderOf(block), block] as const))(
    'of %s are spelled in template.yaml as in its table of routes',
    (folder, block) => {
      expect(routesInTemplate(block).sort()).toEqual(routesInSource(folder).sort());
    },
  );
});
