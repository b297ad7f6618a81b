import type { VNode } from 'preact';
import type { Graph, GraphNode } from '../../api.ts';
import { Reach } from '../graph/reach.ts';
import type { ShownNode } from '../graph/shown-graph.ts';
import { linkTo } from '../route.ts';

/** What a node of the graph reaches and is reached by, in words. */
export function ChosenNode({ node, graph }: { node: ShownNode; graph: Graph }): VNode {
  const reach = new Reach(graph.edges);
  const after = reach.after(node.members);
  const around = reach.around(node.members);
  const of = (ids: ReadonlySet<string>, ...kinds: GraphNode['kind'][]): GraphNode[] =>
    graph.nodes.filter(({ id, kind }) => ids.has(id) && kinds.includes(kind) && !node.members.includes(id));
  const isFile = node.kind === 'file' || node.kind === 'shared';
  const functions = of(isFile ? after : around, 'function');
  const files = isFile
    ? graph.nodes.filter(({ id }) => node.members.length > 1 && node.members.includes(id))
    : of(around, 'file', 'shared');
  return (
    <section class="panel chosen" aria-labelledby="chosen">
      <h2 id="chosen" class="id">
        {node.label}
      </h2>
      {node.kind === 'function' && (
        <p>
          <a href={linkTo('functions', [node.label])}>Open the function</a>
        </p>
      )}
      <dl class="facts">
        {functions.length > 0 && (
          <div>
            <dt>Functions · {functions.length}</dt>
            <dd class="badges">
              {functions.map(({ id, label }) => (
                <a key={id} href={linkTo('functions', [label])}>
                  {label}
                </a>
              ))}
            </dd>
          </div>
        )}
        <Names title="Triggers" nodes={of(after, 'trigger')} />
        <Names title="Files" nodes={files} />
      </dl>
    </section>
  );
}

function Names({ title, nodes }: { title: string; nodes: readonly GraphNode[] }): VNode | null {
  if (nodes.length === 0) return null;
  return (
    <div>
      <dt>
        {title} · {nodes.length}
      </dt>
      <dd class="id">{nodes.map(({ label, changed }) => (changed ? `${label} (changed)` : label)).join(', ')}</dd>
    </div>
  );
}
