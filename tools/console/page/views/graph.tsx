import type { VNode } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { Graph } from '../../api.ts';
import { Picture } from '../graph/picture.tsx';
import { shownGraph, type ShownGraph } from '../graph/shown-graph.ts';
import { Choice } from '../parts/choice.tsx';
import { Empty, Shown } from '../parts/notice.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { Scroll } from '../parts/scroll.tsx';
import { SearchBox } from '../parts/search-box.tsx';
import { useLoad } from '../use-load.ts';
import { ChosenNode } from './chosen-node.tsx';

/** Which files reach which functions, as a picture. @param name of a function that was asked for */
export function GraphView({ name }: { name: string | undefined }): VNode {
  const graph = useLoad<Graph>('/console/graph');
  return (
    <>
      <PageHead
        title="Graph"
        intro="What a change reaches: from the file by shared modules to functions and what invokes them."
      />
      <Shown loaded={graph}>{(data) => <Explorer graph={data} name={name} />}</Shown>
    </>
  );
}

function Explorer({ graph, name }: { graph: Graph; name: string | undefined }): VNode {
  const [asked, setAsked] = useState(name === undefined ? undefined : `function:${name}`);
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<string>();
  const changed = graph.nodes.filter((it) => it.changed);
  const focus = asked ?? (changed.length > 0 ? 'changed' : 'all');
  const shown = useMemo(() => shownGraph(graph, focus, text), [graph, focus, text]);
  const functions = graph.nodes.filter(({ kind }) => kind === 'function');
  return (
    <>
      <div class="filters">
        <Choice
          label="Show"
          value={focus}
          options={[
            ['changed', `what is changed (${changed.length})`],
            ['all', 'all'],
            ...functions.map(({ id, label }) => [id, `${label} alone`] as const),
          ]}
          onChange={(value) => {
            setAsked(value);
            setChosen(undefined);
          }}
        />
        <SearchBox label="File, function or trigger" value={text} onChange={setText} />
        <p class="aside">
          <svg class="node changed" width="18" height="14" aria-hidden="true">
            <path class="delta" d="M3 12l5-10 5 10z" />
          </svg>
          differs from what runs
        </p>
      </div>
      <Found
        shown={shown}
        focus={focus}
        isSearched={text.trim() !== ''}
        chosen={chosen}
        onChoose={setChosen}
        graph={graph}
      />
    </>
  );
}

interface FoundProps {
  readonly graph: Graph;
  readonly shown: ShownGraph;
  readonly focus: string;
  readonly isSearched: boolean;
  readonly chosen: string | undefined;
  readonly onChoose: (id: string | undefined) => void;
}

function Found({ graph, shown, focus, isSearched, chosen, onChoose }: FoundProps): VNode {
  if (shown.nodes.length === 0 && isSearched)
    return <Empty title="Nothing is called so.">Search for less, or show all.</Empty>;
  if (shown.nodes.length === 0)
    return (
      <Empty title={focus === 'changed' ? 'The tree is what runs.' : 'There is no function yet.'}>
        {focus === 'changed'
          ? 'Save a file to see what it reaches, or show all.'
          : 'Add one with npm run aviary -- new.'}
      </Empty>
    );
  const node = shown.nodes.find(({ id }) => id === chosen);
  return (
    <div class="graph-columns">
      <Scroll label="Graph">
        <Picture graph={shown} chosen={node?.id} onChoose={onChoose} />
      </Scroll>
      <ChosenNode node={node} graph={graph} />
    </div>
  );
}
