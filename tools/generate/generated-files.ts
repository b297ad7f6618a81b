import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readTree } from '../tree/read-tree.ts';
import type { Tree } from '../tree/tree.ts';
import { readStages } from '../template/read-stages.ts';
import { describeApi, type ApiFacts } from '../openapi/describe-api.ts';
import { renderModels } from '../openapi/render-models.ts';
import { openApiFile, renderOpenApi } from '../openapi/render-openapi.ts';
import { affectedPaths } from './affected-paths.ts';
import { filtersOf } from './filters.ts';
import { functionPaths } from './function-paths.ts';
import { importGraph } from './import-graph.ts';
import { releaseSources } from './release-sources.ts';
import { alarmsFile, renderAlarms, type Alarmed } from './render-alarms.ts';
import { renderFilters } from './render-filters.ts';
import { renderLogGroups } from './render-log-groups.ts';

const templateFile = 'template.yaml';

/** A file that is kept in the repository and made from the rest of it. */
export interface GeneratedFile {
  /** From the root. */
  readonly path: string;
  readonly text: string;
  /** True where the file is there and says just that. */
  readonly isCurrent: boolean;
}

/** The files that are generated, as they are to be. @throws Failure as `readTree` */
export async function generatedFiles(root: string): Promise<GeneratedFile[]> {
  const stages = [...readStages(root).values()];
  const [every, trees] = await Promise.all([
    releaseSources(root),
    Promise.all(stages.map((stage) => readTree(root, stage))),
  ]);
  const entries = new Set(trees.flatMap(({ functions }) => functions.map(({ entry }) => entry)));
  const functions = functionPaths(trees, await importGraph([...entries], root));
  const webhook = 'functions/github-webhook';
  const files = [describe(root, '.github/filters.yml', renderFilters(filtersOf(functions, every)))];
  // A repository may do without the webhook.
  if (functions.some(({ folder }) => folder === webhook)) {
    files.push(describe(root, `${webhook}/filters.json`, `${JSON.stringify(affectedPaths(functions), null, 2)}\n`));
  }
  const alarms = read(join(root, alarmsFile));
  if (alarms !== undefined) files.push(describe(root, alarmsFile, renderAlarms(alarms, alarmedIn(trees))));
  const folders = functions.map(({ folder }) => folder);
  const template = renderLogGroups(
    read(join(root, templateFile)) ?? '',
    trees.flatMap((tree) => tree.functions),
  );
  return [...files, ...describeModelsAndDocument(root, template, await describeApi(folders, root))];
}

/** The functions of all stages, each once, by name. */
function alarmedIn(trees: readonly Tree[]): Alarmed[] {
  const all = new Map(trees.flatMap(({ functions }) => functions.map((it) => [it.name, it] as const)));
  return [...all.values()].sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

function describeModelsAndDocument(root: string, template: string, api: ApiFacts | undefined): GeneratedFile[] {
  // The last function of an API may be gone, and its models have to go as well.
  const models = describe(root, templateFile, renderModels(template, api?.models ?? {}));
  return api === undefined ? [models] : [models, describe(root, openApiFile, renderOpenApi(api.document))];
}

function describe(root: string, path: string, text: string): GeneratedFile {
  return { path, text, isCurrent: read(join(root, path)) === text };
}

/** Git on Windows may have changed the line ends. */
function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
  } catch {
    return undefined;
  }
}
