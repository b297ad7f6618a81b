import type { RefObject, VNode } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { layoutOf, nodeHeight, type Layout } from './layout.ts';
import { GraphNodeMark } from './node.tsx';
import { nextNode } from './next-node.ts';
import { Reach } from './reach.ts';
import type { ShownGraph } from './shown-graph.ts';

interface PictureProps {
  readonly graph: ShownGraph;
  /** Id of the node that was chosen. */
  readonly chosen: string | undefined;
  readonly onChoose: (id: string | undefined) => void;
}

/** The graph as SVG. One node is in the tab order; arrows lead to the others. */
export function Picture({ graph, chosen, onChoose }: PictureProps): VNode {
  const { frame, width } = useWidth();
  const layout = useMemo(() => layoutOf(graph, width), [graph, width]);
  const reach = useMemo(() => new Reach(graph.edges), [graph]);
  const [pointed, setPointed] = useState<string>();
  const [cursor, setCursor] = useState<string>();
  const all = layout.columns.flatMap(({ nodes }) => nodes);
  const first = all.find(({ node }) => node.id === cursor) ?? all[0];
  const marked = pointed ?? chosen;
  const reached = marked === undefined ? undefined : reach.around([marked]);
  const move = (event: KeyboardEvent): void => {
    const target = first && nextNode(layout, first.node.id, event.key);
    if (target === undefined) return;
    event.preventDefault();
    setCursor(target);
    frame.current?.querySelector<SVGElement>(`[data-id="${CSS.escape(target)}"]`)?.focus();
  };
  return (
    <div class="graph-frame" ref={frame}>
      <svg
        class={reached === undefined ? 'graph' : 'graph marking'}
        width={layout.width}
        height={layout.height}
        viewBox={`0 0 ${layout.width} ${layout.height}`}
        role="group"
        aria-label="Which files reach which functions. Arrow keys lead from node to node."
        onKeyDown={move}
      >
        {layout.columns.map(({ kind, title, x, nodes }) => (
          <text key={kind} class="column-title" x={x} y="16">
            {title} · {nodes.length}
          </text>
        ))}
        <Edges graph={graph} layout={layout} reached={reached} />
        {all.map((placed) => (
          <GraphNodeMark
            key={placed.node.id}
            placed={placed}
            isReached={reached?.has(placed.node.id) ?? false}
            isChosen={placed.node.id === chosen}
            isFirst={placed === first}
            reachesFunctions={countFunctions(reach.after([placed.node.id]))}
            onPoint={setPointed}
            onFocus={setCursor}
            onChoose={() => {
              onChoose(placed.node.id === chosen ? undefined : placed.node.id);
            }}
          />
        ))}
      </svg>
    </div>
  );
}

const countFunctions = (ids: ReadonlySet<string>): number => [...ids].filter((id) => id.startsWith('function:')).length;

interface EdgesProps {
  readonly graph: ShownGraph;
  readonly layout: Layout;
  readonly reached: ReadonlySet<string> | undefined;
}

function Edges({ graph, layout, reached }: EdgesProps): VNode {
  const places = new Map(layout.columns.flatMap(({ nodes }) => nodes.map((it) => [it.node.id, it] as const)));
  const drawn = graph.edges.flatMap(([from, to]) => {
    const [start, end] = [places.get(from), places.get(to)];
    if (start === undefined || end === undefined) return [];
    const isOn = reached !== undefined && reached.has(from) && reached.has(to);
    const [x1, x2] = [start.x + start.width, end.x];
    const [y1, y2] = [start.y + nodeHeight / 2, end.y + nodeHeight / 2];
    const middle = Math.max((x1 + x2) / 2, x2 - 60);
    const d = `M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`;
    return [{ key: `${from} ${to}`, d, isOn }];
  });
  return (
    <g aria-hidden="true">
      {drawn
        // What is marked lies on top.
        .sort((a, b) => Number(a.isOn) - Number(b.isOn))
        .map(({ key, d, isOn }) => (
          <path key={key} d={d} class={isOn ? 'edge on' : 'edge'} />
        ))}
    </g>
  );
}

/** The width that the picture may have, also after the window's has changed. */
function useWidth(): { frame: RefObject<HTMLDivElement>; width: number } {
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const { current } = frame;
    if (current === null) return undefined;
    const observer = new ResizeObserver(() => {
      setWidth(current.clientWidth);
    });
    observer.observe(current);
    return () => {
      observer.disconnect();
    };
  }, []);
  return { frame, width };
}
