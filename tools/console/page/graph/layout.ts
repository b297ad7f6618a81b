import type { GraphNode } from '../../api.ts';
import type { ShownGraph, ShownNode } from './shown-graph.ts';

/** Pixels. */
export const nodeHeight = 24;
const step = 29;
const top = 34;
const least = 960;

export interface PlacedNode {
  readonly node: ShownNode;
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

export interface PlacedColumn {
  readonly kind: GraphNode['kind'];
  readonly title: string;
  readonly x: number;
  readonly nodes: readonly PlacedNode[];
}

export interface Layout {
  readonly columns: readonly PlacedColumn[];
  readonly width: number;
  readonly height: number;
}

/** Title of each column, and its share of the width. */
const columns: readonly (readonly [GraphNode['kind'], string, number])[] = [
  ['file', 'Files', 1.1],
  ['shared', 'Shared modules', 1],
  ['function', 'Functions', 0.7],
  ['trigger', 'Triggers', 1.2],
];

/** Places nodes in four columns, each near what it is joined to. @param room the pixels that there are */
export function layoutOf(graph: ShownGraph, room: number): Layout {
  const width = Math.max(least, room);
  const gap = Math.min(150, width * 0.07);
  const unit = (width - 2 - gap * (columns.length - 1)) / columns.reduce((sum, [, , share]) => sum + share, 0);
  const order = orderOf(graph);
  const counts = columns.map(([kind]) => graph.nodes.filter((it) => it.kind === kind).length);
  const tallest = Math.max(1, ...counts) * step;
  let x = 1;
  const placed = columns.map(([kind, title, share]): PlacedColumn => {
    const own = graph.nodes.filter((it) => it.kind === kind).sort((a, b) => order(a) - order(b));
    const left = x;
    const pitch = tallest / Math.max(1, own.length);
    const column = {
      kind,
      title,
      x: left,
      nodes: own.map((node, at) => ({
        node,
        x: left,
        y: top + at * pitch + (pitch - nodeHeight) / 2,
        width: unit * share,
      })),
    };
    x += unit * share + gap;
    return column;
  });
  return { columns: placed, width, height: top + tallest + 4 };
}

/** Functions by name; all else by the mean place of the functions that it is joined to. */
function orderOf({ nodes, edges }: ShownGraph): (node: ShownNode) => number {
  const functions = nodes.filter(({ kind }) => kind === 'function').map(({ id }) => id);
  const rank = new Map(functions.sort().map((id, at) => [id, at]));
  const joined = (id: string): number[] =>
    edges.flatMap(([from, to]) => {
      const other = from === id ? to : to === id ? from : undefined;
      if (other === undefined) return [];
      const at = rank.get(other);
      // What a file reaches by a shared module alone.
      return at === undefined
        ? edges.filter(([first]) => from === id && first === to).flatMap(([, last]) => rank.get(last) ?? [])
        : [at];
    });
  const places = new Map(
    nodes.map(({ id }) => {
      const near = joined(id);
      return [id, rank.get(id) ?? near.reduce((sum, at) => sum + at, 0) / Math.max(1, near.length)];
    }),
  );
  return ({ id }) => places.get(id) ?? 0;
}
