import type { Graph, GraphNode } from '../../api.ts';
import { Reach } from './reach.ts';

/** A node of the picture: one of the graph, or the files of a folder together. */
export interface ShownNode extends GraphNode {
  /** Ids of the nodes that it stands for; its own where it is one. */
  readonly members: readonly string[];
}

export interface ShownGraph {
  readonly nodes: readonly ShownNode[];
  readonly edges: Graph['edges'];
}

/** `changed`, `all`, or a function's id. */
export type Focus = string;

/** Above this many files, those of a folder are drawn together. */
const mostFiles = 48;

/** The part of a graph that is asked for, small enough to be read. */
export function shownGraph(graph: Graph, focus: Focus, text: string): ShownGraph {
  const ids = wanted(graph, focus, text.trim().toLowerCase());
  const nodes = graph.nodes.filter(({ id }) => ids.has(id));
  const edges = graph.edges.filter(([from, to]) => ids.has(from) && ids.has(to));
  const isMuch = nodes.filter(isFile).length > mostFiles;
  return isMuch ? grouped(nodes, edges) : { nodes: nodes.map((it) => ({ ...it, members: [it.id] })), edges };
}

const isFile = ({ kind }: GraphNode): boolean => kind === 'file' || kind === 'shared';

function wanted({ nodes, edges }: Graph, focus: Focus, text: string): ReadonlySet<string> {
  const reach = new Reach(edges);
  const idsOf = (those: readonly GraphNode[]): string[] => those.map(({ id }) => id);
  const inFocus = (): ReadonlySet<string> => {
    if (focus === 'all') return new Set(idsOf(nodes));
    return focus === 'changed' ? reach.after(idsOf(nodes.filter(({ changed }) => changed))) : reach.around([focus]);
  };
  const focused = inFocus();
  if (text === '') return focused;
  const matches = nodes.filter(({ id, label }) => `${id} ${label}`.toLowerCase().includes(text) && focused.has(id));
  return reach.around(idsOf(matches)).intersection(focused);
}

function grouped(nodes: readonly GraphNode[], edges: Graph['edges']): ShownGraph {
  const groups = Map.groupBy(nodes, (it) => (isFile(it) ? `${it.kind}:${folderOf(it.label)}` : it.id));
  const shown = [...groups].map(([id, members]) => together(id, members));
  const groupOf = new Map(shown.flatMap(({ id, members }) => members.map((member) => [member, id] as const)));
  const between = new Map(
    edges.map(([from, to]) => {
      const edge = [groupOf.get(from) ?? from, groupOf.get(to) ?? to] as const;
      return [edge.join('\n'), edge];
    }),
  );
  return { nodes: shown, edges: [...between.values()].filter(([from, to]) => from !== to) };
}

function together(id: string, nodes: readonly GraphNode[]): ShownNode {
  const [first] = nodes;
  if (first === undefined) throw new Error('A group has a member.');
  const members = nodes.map((it) => it.id);
  if (nodes.length === 1) return { ...first, members };
  const label = `${folderOf(first.label)} · ${nodes.length} files`;
  return { id, kind: first.kind, label, changed: nodes.some(({ changed }) => changed), members };
}

const folderOf = (label: string): string => label.replace(/[^/]*$/, '');
