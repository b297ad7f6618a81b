import { join } from 'node:path';
import { compareCosts } from '../../cost/compare-costs.ts';
import { releaseSources } from '../../generate/release-sources.ts';
import { withTreeOf } from '../../git/base-tree.ts';
import { objectAt, stringAt, type JsonObject } from '../../lib/json.ts';
import { run } from '../../lib/process.ts';
import { compose } from '../../plan/compose.ts';
import { makePlan } from '../../plan/plan.ts';
import { readTree } from '../../tree/read-tree.ts';
import { readRecord, type StackRecord } from '../../plan/record.ts';
import { selectAll } from '../../plan/select.ts';
import type { Tree } from '../../tree/tree.ts';
import { localStage, readStage, readStages } from '../../template/read-stages.ts';
import { readTemplate } from '../../template/read-template.ts';
import { resolveTemplate } from '../../template/resolve-template.ts';
import { indexChanges } from './index-changes.ts';
import { countResources, environmentBytes } from './limits.ts';
import type { FunctionFacts, PullRequestChange } from './pull-request-change.ts';
import { replacements } from './replacements.ts';
import type { Templates } from './templates.ts';
import { trafficOf } from './traffic.ts';
import { translate } from './translate.ts';
import { widenedRights } from './widened-rights.ts';

export interface ChangeOptions {
  readonly stage: string;
  /** A commit, branch or tag. */
  readonly base: string;
  /** File with the template that is deployed; without it, the base counts as deployed. */
  readonly deployed?: string | undefined;
}

/** Compares the tree with another commit's, for a stage. Asks no cloud. @throws Failure as `readTree` and `withTreeOf` */
export async function readChange(root: string, { stage, base, deployed }: ChangeOptions): Promise<PullRequestChange> {
  return await withTreeOf(root, base, async (folder) => {
    const [tree, old] = await Promise.all([
      readTree(root, readStage(root, stage)),
      readTree(folder, readStage(folder, stage)),
    ]);
    const stackName = readStage(root, stage).stackName;
    const record = deployed === undefined ? asDeployed(old) : readRecord(readTemplate(deployed), stackName);
    const plan = makePlan(tree, record);
    const { before, after, createOnly } = await expand(
      root,
      record.template,
      tree,
      nestedOf(old, folder),
      nestedOf(tree, root),
    );
    return {
      stage,
      comparedWith: deployed === undefined ? 'base' : 'deployed',
      plan,
      functions: functionFacts(root, tree, old, deployment(tree)),
      resources: Object.fromEntries(
        Object.entries(after).map(([path, template]) => {
          const counted = before[path] === undefined ? null : countResources(before[path]);
          return [path, { before: counted, after: countResources(template) }];
        }),
      ),
      indexes: indexChanges(before, after),
      replacements: replacements(before, after, createOnly),
      rights: widenedRights(before, after),
      costs: compareCosts(folder, root),
      tools: await changedTools(root, base),
    };
  });
}

/** The template of a first deploy of everything. */
function deployment(tree: Tree): JsonObject {
  const selection = selectAll(tree, undefined, makePlan(tree, undefined));
  return compose({ tree, record: undefined, selection, layerArns: {}, prefix: '' });
}

function asDeployed(tree: Tree): StackRecord {
  return readRecord(deployment(tree), 'of the base');
}

/** The nested templates that a tree names. */
function nestedOf(tree: Tree, folder: string): Templates {
  const paths = tree.resources
    .filter(({ block }) => stringAt(block, 'Type')?.endsWith('::Stack'))
    .flatMap(({ contents }) => Object.keys(contents));
  return Object.fromEntries(paths.map((path) => [path, readTemplate(join(folder, path), path)]));
}

async function expand(root: string, deployed: JsonObject, tree: Tree, oldNested: Templates, nested: Templates) {
  const before: Templates = { 'template.yaml': deployed, ...oldNested };
  const after: Templates = { 'template.yaml': deployment(tree), ...nested };
  const { templates, createOnly } = await translate(root, [...Object.values(before), ...Object.values(after)]);
  const named = (paths: readonly string[], from: number): Templates =>
    Object.fromEntries(paths.map((path, at) => [path, templates[from + at] ?? {}]));
  const paths = Object.keys(before);
  return { before: named(paths, 0), after: named(Object.keys(after), paths.length), createOnly };
}

function functionFacts(root: string, tree: Tree, old: Tree, composed: JsonObject): FunctionFacts[] {
  const template = readTemplate(join(root, 'template.yaml'), 'template.yaml');
  const stages = [...readStages(root).values()].filter(({ name }) => name !== localStage);
  const resolved = stages.map(({ name, parameters }) => ({ name, ...resolveTemplate(template, parameters) }));
  const removed = old.functions.filter(({ logicalId }) => !tree.functions.some((it) => it.logicalId === logicalId));
  return [
    ...tree.functions.map(({ name, logicalId, bytes }) => ({
      name,
      before: old.functions.find((it) => it.logicalId === logicalId)?.bytes ?? null,
      after: bytes,
      environment: environmentBytes(objectAt(composed, 'Resources')[logicalId] ?? null),
      traffic: Object.fromEntries(resolved.map((it) => [it.name, trafficOf(it.resources[logicalId] ?? null)])),
    })),
    ...removed.map(({ name, bytes }) => ({ name, before: bytes, after: null, environment: 0, traffic: {} })),
  ];
}

/** What builds and hashes is this tree's for both sides, so a change there is told apart. */
async function changedTools(root: string, base: string): Promise<string[]> {
  const sources = (await releaseSources(root)).filter((path) => path.startsWith('tools/'));
  const { stdout } = await run('git', ['diff', '--name-only', '-z', '--no-renames', base, '--', ...sources], {
    cwd: root,
  });
  return stdout.split('\0').filter(Boolean);
}
