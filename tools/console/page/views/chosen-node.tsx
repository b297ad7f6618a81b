import type { VNode } from 'preact';
import type { Graph, GraphNode } from '../../api.ts';
import { Reach } from '../graph/reach.ts';
import type { ShownNode } from '../graph/shown-graph.ts';
import { linkTo } from '../route.ts';

/** What a node of the graph reaches and is reached by, in words. */
export function ChosenNode({ node, graph }: { node: ShownNode | undefined; graph: Graph }): VNode {
  return (
    <section class="panel" aria-label="Chosen node" tabIndex={0}>
      {node === undefined ? (
        <p class="hint">
          Point at a node, or go there with <kbd>Tab</kbd> and the arrow keys, to mark what it reaches. Choose it, and
          that stands here.
        </p>
      ) : (
        <Described node={node} graph={graph} />
      )}
    </section>
  );
}

function Described({ node, graph }: { node: ShownNode; graph: Graph }): VNode {
  const reach = new Reach(graph.edges);
  const after = reach.after(node.members);
  const before = reach.before(node.members);
  const others = (ids: ReadonlySet<string>, ...kinds: readonly GraphNode['kind'][]): GraphNode[] =>
    graph.nodes.filter(({ id, kind }) => ids.has(id) && kinds.includes(kind) && !node.members.includes(id));
  const members = node.members.length > 1 ? graph.nodes.filter(({ id }) => node.members.includes(id)) : [];
  return (
    <>
      <h2>{node.label}</h2>
      {node.kind === 'function' && <a href={linkTo('functions', [node.label])}>Open the function</a>}
      <div class="facts">
        <Names title="Its files" nodes={members} />
        <Names title="Reaches modules" nodes={others(after, 'shared')} />
        <Names
          title={node.kind === 'trigger' ? 'Invokes' : 'Reaches functions'}
          nodes={others(node.kind === 'trigger' ? before : after, 'function')}
        />
        <Names title="Reaches triggers" nodes={others(after, 'trigger')} />
        <Names title="Is changed by" nodes={others(before, 'file', 'shared')} />
      </div>
    </>
  );
}

function Names({ title, nodes }: { title: string; nodes: readonly GraphNode[] }): VNode | null {
  if (nodes.length === 0) return null;
  return (
    <div>
      <h3>
        {title} · {nodes.length}
      </h3>
      <ul>
        {nodes.map(({ id, kind, label, changed }) => (
          <li key={id}>
            {kind === 'function' ? <a href={linkTo('functions', [label])}>{label}</a> : <span class="id">{label}</span>}
            {changed && <span class="soft"> (changed)</span>}
          </li>
        ))}
      </ul>
    </div>
  );
}
