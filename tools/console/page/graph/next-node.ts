import type { Layout, PlacedNode } from './layout.ts';

/** The id of the node that an arrow key leads to; undefined for another key, and at the border. */
export function nextNode({ columns }: Layout, id: string, key: string): string | undefined {
  const filled = columns.map(({ nodes }) => nodes).filter((nodes) => nodes.length > 0);
  const column = filled.findIndex((nodes) => nodes.some(({ node }) => node.id === id));
  const own = filled[column] ?? [];
  const row = own.findIndex(({ node }) => node.id === id);
  const from = own[row];
  if (from === undefined) return undefined;
  switch (key) {
    case 'ArrowUp':
      return own[row - 1]?.node.id;
    case 'ArrowDown':
      return own[row + 1]?.node.id;
    case 'ArrowLeft':
      return nearest(filled[column - 1], from);
    case 'ArrowRight':
      return nearest(filled[column + 1], from);
    default:
      return undefined;
  }
}

function nearest(nodes: readonly PlacedNode[] | undefined, { y }: PlacedNode): string | undefined {
  return nodes?.toSorted((a, b) => Math.abs(a.y - y) - Math.abs(b.y - y))[0]?.node.id;
}
