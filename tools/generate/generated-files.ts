import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readTree } from '../tree/read-tree.ts';
import type { Subject } from '../alarms/find-subjects.ts';
import { objectAt } from '../lib/json.ts';
import type { Tree, TreeFunction } from '../tree/tree.ts';
import { localStage, readStages } from '../template/read-stages.ts';
import { describeApi } from '../openapi/describe-api.ts';
import { renderModels } from '../openapi/render-models.ts';
import { openApiFile, renderOpenApi } from '../openapi/render-openapi.ts';
import { affectedPaths } from './affected-paths.ts';
import { filtersOf } from './filters.ts';
import { functionPaths } from './function-paths.ts';
import { importGraph } from './import-graph.ts';
import { releaseSources } from './release-sources.ts';
import { alarmsFileAt, readAlarmStacks, renderAlarmStacks, renderMoreAlarms } from './alarm-stacks.ts';
import { subjectsOf } from './render-alarms.ts';
import { dashboardsFile, renderDashboards } from './render-dashboards.ts';
import { commandsFile, renderCommands } from './render-commands.ts';
import { launchFile, renderLaunch, renderTasks, tasksFile } from './render-editor.ts';
import { renderFilters } from './render-filters.ts';
import { renderLogGroups } from './render-log-groups.ts';
import { renderVersionAlarms, type Versioned } from './render-version-alarms.ts';
import { trafficChecks, trafficHook } from './traffic-checks.ts';

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
  const local = trees.find(({ stage }) => stage === localStage)?.functions.map(({ name }) => name) ?? [];
  const webhook = 'functions/github-webhook';
  const files = [
    describe(root, '.github/filters.yml', renderFilters(filtersOf(functions, every))),
    describe(root, commandsFile, await renderCommands()),
    describe(root, launchFile, renderLaunch(local)),
    describe(root, tasksFile, renderTasks(local)),
  ];
  // A repository may do without the webhook.
  if (functions.some(({ folder }) => folder === webhook)) {
    files.push(describe(root, `${webhook}/filters.json`, `${JSON.stringify(affectedPaths(functions), null, 2)}\n`));
  }
  const hook = functions.find(({ name }) => name === trafficHook);
  if (hook)
    files.push(
      describe(root, `${hook.folder}/checks.json`, `${JSON.stringify(trafficChecks(functions, root), null, 2)}\n`),
    );
  const alarms = readAlarmStacks(root);
  const subjects = alarms.length > 0 ? subjectsOf(root) : [];
  const stacks = renderAlarmStacks(alarms, subjects);
  files.push(...stacks.map((text, at) => describe(root, alarmsFileAt(at), text)));
  const dashboards = read(join(root, dashboardsFile));
  if (dashboards !== undefined) files.push(describe(root, dashboardsFile, renderDashboards(dashboards, subjects)));
  const folders = functions.map(({ folder }) => folder);
  const api = await describeApi(folders, root);
  // The last function of an API may be gone, and its models have to go as well.
  const modelled = renderModels(read(join(root, templateFile)) ?? '', api?.models ?? {});
  const versioned = renderVersionAlarms(modelled, versionedIn(trees, subjects));
  const logged = renderLogGroups(
    versioned,
    trees.flatMap((tree) => tree.functions),
  );
  files.push(describe(root, templateFile, renderMoreAlarms(logged, stacks.length)));
  return api === undefined ? files : [...files, describe(root, openApiFile, renderOpenApi(api.document))];
}

/** The functions whose traffic moves by CodeDeploy in some stage. */
function versionedIn(trees: readonly Tree[], subjects: readonly Subject[]): Versioned[] {
  const moved = new Map(
    trees.flatMap(({ functions }) => functions.filter(movesByCodeDeploy).map((it) => [it.name, it.logicalId] as const)),
  );
  return subjects.flatMap(({ kinds, name }) => {
    const logicalId = kinds.includes('function') ? moved.get(name) : undefined;
    return logicalId === undefined ? [] : [{ name, logicalId, errorsCount: !kinds.includes('authorizer') }];
  });
}

const movesByCodeDeploy = ({ block }: TreeFunction): boolean =>
  objectAt(block, 'Properties')['DeploymentPreference'] !== undefined;

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
