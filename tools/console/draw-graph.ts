import { sharedSource } from '../build/layer-options.ts';
import type { Plan } from '../plan/plan.ts';
import type { Tree, TreeFunction } from '../tree/tree.ts';
import type { Graph, GraphNode } from './api.ts';
import { triggersOf } from './triggers.ts';

const isShared = (path: string): boolean => path.startsWith(`${sharedSource}/`);
const functionId = (name: string): string => `function:${name}`;

/**
 * Which files reach which functions, as a graph of four columns. A file of the shared layer that a function imports itself is
 * a shared module; one that is reached through such modules alone stands before them, where that tells no more than what is
 * so: each function that a node leads to has the file in its release.
 */
export function drawGraph(tree: Tree, plan: Plan): Graph {
  const changed = new Set(plan.items.flatMap(({ reasons }) => reasons.map(({ detail }) => detail)));
  const moving = new Set(plan.items.filter(({ change }) => change !== 'unchanged').map(({ name }) => name));
  const modules = new Set(tree.functions.flatMap(importedModules));
  const paths = new Set(tree.functions.flatMap(({ files }) => Object.keys(files)));
  const files = [...paths].sort().map((id): GraphNode => ({
    id,
    kind: modules.has(id) ? 'shared' : 'file',
    label: labelOf(id, modules.has(id)),
    changed: changed.has(id),
  }));
  const functions = tree.functions.map(({ name }): GraphNode => ({
    id: functionId(name),
    kind: 'function',
    label: name,
    changed: moving.has(name),
  }));
  const triggers = tree.functions.flatMap(({ name, block, references }) =>
    triggersOf(block, references).map(({ type, label }) => ({
      edge: [functionId(name), `trigger:${type} ${label}`] as const,
      node: { id: `trigger:${type} ${label}`, kind: 'trigger', label, changed: false } satisfies GraphNode,
    })),
  );
  return {
    nodes: [...files, ...functions, ...new Map(triggers.map(({ node }) => [node.id, node])).values()],
    edges: [...[...paths].flatMap((path) => edgesOf(path, tree, modules)), ...triggers.map(({ edge }) => edge)],
  };
}

/** Among the files of functions, one of the shared layer says that it is; among shared modules, all are. */
function labelOf(path: string, isModule: boolean): string {
  if (!isShared(path)) return path.replace(/^functions\//, '');
  return `${isModule ? '' : 'shared/'}${path.slice(sharedSource.length + 1)}`;
}

/** The shared modules that a function's own files import. */
function importedModules({ files, imports }: TreeFunction): string[] {
  const own = Object.keys(files).filter((path) => !isShared(path));
  return own.flatMap((path) => imports[path] ?? []).filter((path) => isShared(path) && files[path] !== undefined);
}

function edgesOf(path: string, { functions }: Tree, modules: ReadonlySet<string>): (readonly [string, string])[] {
  const reached = functions.filter(({ files }) => files[path] !== undefined);
  if (!isShared(path) || modules.has(path)) return reached.map(({ name }) => [path, functionId(name)] as const);
  const holders = (module: string): TreeFunction[] => functions.filter(({ files }) => files[module] !== undefined);
  const through = [...modules].filter(
    (module) =>
      holders(module).every((it) => reached.includes(it)) &&
      holders(module).some(({ imports }) => leadsTo(module, path, imports)),
  );
  const covered = new Set(through.flatMap(holders));
  return [
    ...through.map((module) => [path, module] as const),
    ...reached.filter((it) => !covered.has(it)).map(({ name }) => [path, functionId(name)] as const),
  ];
}

/** Whether a module imports a file, itself or through others. */
function leadsTo(from: string, to: string, imports: TreeFunction['imports']): boolean {
  const found = new Set([from]);
  for (const path of found) for (const target of imports[path] ?? []) found.add(target);
  return found.has(to);
}
