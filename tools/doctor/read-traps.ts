import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withTreeOf } from '../git/base-tree.ts';
import { Failure } from '../lib/failure.ts';
import { objectAt, stringAt } from '../lib/json.ts';
import { indexChanges, type IndexChanges } from '../report/pull-request/index-changes.ts';
import type { Templates } from '../report/pull-request/templates.ts';
import { nestedResources } from '../template/nested-templates.ts';
import { readStages, type Stage } from '../template/read-stages.ts';
import { readTemplate } from '../template/read-template.ts';
import { resolveTemplate } from '../template/resolve-template.ts';

const rootTemplate = 'template.yaml';
/** What pull requests go into. */
const base = 'main';

/** What of the tree a deploy can stumble over. */
export interface TrapFiles {
  /** The name of each stage, with its templates as that stage has them. */
  readonly stages: Readonly<Record<string, Templates>>;
  /** Path of each template to its text. */
  readonly texts: Readonly<Record<string, string>>;
  /** The package.json files below functions/ and layers/. */
  readonly packageFiles: readonly string[];
  /** What happens to the indexes of tables when the tree gets into {@link base}; or why that is not known. */
  readonly indexes: readonly IndexChanges[] | Failure;
}

/** @throws Failure for a template that cannot be read */
export async function readTraps(root: string): Promise<TrapFiles> {
  const stages = Object.fromEntries([...readStages(root)].map(([name, stage]) => [name, templatesOf(root, stage)]));
  // The account's own template has rights that a test holds to a stricter rule.
  const paths = [rootTemplate, ...globSync('infra/*.yaml', { cwd: root }).sort()].filter(
    (path) => !path.endsWith('/bootstrap.yaml'),
  );
  return {
    stages,
    texts: Object.fromEntries(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')])),
    packageFiles: globSync('{functions,layers}/**/package.json', {
      cwd: root,
      exclude: (path) => path.endsWith('node_modules'),
    }).sort(),
    indexes: await readIndexChanges(root, stages),
  };
}

async function readIndexChanges(root: string, after: TrapFiles['stages']): Promise<TrapFiles['indexes']> {
  try {
    return await withTreeOf(root, base, (folder) =>
      Promise.resolve(
        [...readStages(folder)].flatMap(([name, stage]) =>
          indexChanges(templatesOf(folder, stage), after[name] ?? {}).map((change) => ({
            ...change,
            table: `${change.table} of ${name}`,
          })),
        ),
      ),
    );
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}

/** The templates of a stage by their paths. */
function templatesOf(root: string, { parameters }: Stage): Templates {
  const { resources } = resolveTemplate(readTemplate(join(root, rootTemplate), rootTemplate), parameters);
  const nested = Object.entries(nestedResources(root, resources)).map(([id, own]) => {
    const path = stringAt(objectAt(resources[id] ?? {}, 'Properties'), 'TemplateURL') ?? id;
    return [path, { Resources: own }] as const;
  });
  return { [rootTemplate]: { Resources: resources }, ...Object.fromEntries(nested) };
}
