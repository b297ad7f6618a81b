import type { Graph, GraphNode } from '../../../../../tools/console/api.ts';
import { layoutOf } from '../../../../../tools/console/page/graph/layout.ts';
import { nextNode } from '../../../../../tools/console/page/graph/next-node.ts';
import { shownGraph } from '../../../../../tools/console/page/graph/shown-graph.ts';

const node = (kind: GraphNode['kind'], id: string, changed = false): GraphNode => ({ id, kind, label: id, changed });

const graph: Graph = {
  nodes: [
    node('file', 'users/list.ts', true),
    node('file', 'orders/pay.ts'),
    node('shared', 'http/respond.ts'),
    node('function', 'function:orders'),
    node('function', 'function:users', true),
    node('trigger', 'trigger:GET /users'),
    node('trigger', 'trigger:GET /orders'),
  ],
  edges: [
    ['users/list.ts', 'function:users'],
    ['orders/pay.ts', 'function:orders'],
    ['http/respond.ts', 'function:users'],
    ['http/respond.ts', 'function:orders'],
    ['function:users', 'trigger:GET /users'],
    ['function:orders', 'trigger:GET /orders'],
  ],
};
const idsOf = (...asked: [focus: string, text?: string]): string[] =>
  shownGraph(graph, asked[0], asked[1] ?? '').nodes.map(({ id }) => id);

describe('shownGraph', () => {
  it('has what is changed and what that reaches', () => {
    expect(idsOf('changed')).toEqual(['users/list.ts', 'function:users', 'trigger:GET /users']);
  });

  it('has of a function what it is made of and what invokes it', () => {
    expect(idsOf('function:orders')).toEqual([
      'orders/pay.ts',
      'http/respond.ts',
      'function:orders',
      'trigger:GET /orders',
    ]);
  });

  it('has of a text what is called so, what that reaches, and what reaches it', () => {
    expect(idsOf('all', 'PAY')).toEqual(['orders/pay.ts', 'function:orders', 'trigger:GET /orders']);
    expect(idsOf('changed', 'pay')).toEqual([]);
  });

  it('draws many files of a folder as one, which is changed where one of them is', () => {
    const many = Array.from({ length: 60 }, (_, at) => node('file', `users/file-${at}.ts`, at === 59));
    const edges = many.map(({ id }) => [id, 'function:users'] as const);

    const { nodes, edges: drawn } = shownGraph(
      { nodes: [...many, ...graph.nodes], edges: [...edges, ...graph.edges] },
      'all',
      '',
    );

    expect(nodes.find(({ label }) => label.startsWith('users/'))).toMatchObject({
      label: 'users/ · 61 files',
      changed: true,
    });
    expect(nodes.find(({ id }) => id === 'orders/pay.ts')).toMatchObject({ members: ['orders/pay.ts'] });
    expect(drawn.filter(([, to]) => to === 'function:users')).toHaveLength(2);
  });
});

describe('layoutOf', () => {
  const layout = layoutOf(shownGraph(graph, 'all', ''), 1000);

  it('places everything in four columns that do not overlap, inside the picture', () => {
    const placed = layout.columns.flatMap(({ nodes }) => nodes);

    expect(layout.columns.map(({ nodes }) => nodes.length)).toEqual([2, 1, 2, 2]);
    expect(
      placed.every(({ x, y, width }) => x >= 0 && y >= 0 && x + width <= layout.width && y + 24 <= layout.height),
    ).toBe(true);
    for (const [left, right] of [
      [0, 1],
      [1, 2],
      [2, 3],
    ] as const) {
      const end = Math.max(...(layout.columns[left]?.nodes.map(({ x, width }) => x + width) ?? []));
      expect(end).toBeLessThan(layout.columns[right]?.x ?? 0);
    }
  });

  it('places what belongs together at the same height', () => {
    expect(layout.columns.map(({ nodes }) => nodes.map(({ node: { id } }) => id))).toEqual([
      ['orders/pay.ts', 'users/list.ts'],
      ['http/respond.ts'],
      ['function:orders', 'function:users'],
      ['trigger:GET /orders', 'trigger:GET /users'],
    ]);
  });

  it.each([
    ['ArrowDown', 'function:orders', 'function:users'],
    ['ArrowUp', 'function:orders', undefined],
    ['ArrowLeft', 'function:users', 'http/respond.ts'],
    ['ArrowRight', 'function:users', 'trigger:GET /users'],
    ['ArrowRight', 'trigger:GET /users', undefined],
    ['a', 'function:users', undefined],
  ])('is walked by %s from %s', (key, from, to) => {
    expect(nextNode(layout, from, key)).toBe(to);
  });
});
