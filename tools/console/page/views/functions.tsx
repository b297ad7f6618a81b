import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { FunctionView, StageView } from '../../api.ts';
import { Empty, Shown } from '../parts/notice.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { Scroll } from '../parts/scroll.tsx';
import { SearchBox } from '../parts/search-box.tsx';
import { Time } from '../parts/time.tsx';
import { TreeState } from '../parts/tree-state.tsx';
import { linkTo } from '../route.ts';
import type { Loaded } from '../use-load.ts';

/** First digits of a release that tell it from others. */
const shortRelease = 12;

export function Functions({ stage }: { stage: Loaded<StageView> }): VNode {
  return (
    <>
      <PageHead title="Functions" intro="What runs, and whether the tree asks for something else." />
      <Shown loaded={stage}>{(data) => <Listed stage={data} />}</Shown>
    </>
  );
}

function Listed({ stage: { functions, url, differing, pinnedLayers } }: { stage: StageView }): VNode {
  const [text, setText] = useState('');
  if (functions.length === 0)
    return (
      <Empty title="Nothing is deployed.">
        Add a function with <code>npm run aviary -- new</code>; <code>npm start</code> deploys it.
      </Empty>
    );
  const wanted = functions.filter((it) => searched(it).includes(text.trim().toLowerCase()));
  return (
    <>
      <div class="filters">
        <SearchBox label="Name or trigger" value={text} onChange={setText} />
        <p class="count number">
          {wanted.length} of {functions.length} functions
        </p>
        {url !== null && (
          <p class="aside">
            API <span class="id">{url}</span>
          </p>
        )}
      </div>
      {differing.length > 0 && <p class="notice note">The tree also differs in {differing.join(', ')}.</p>}
      {pinnedLayers.map(({ name, pin }) => (
        <p class="notice note" key={name}>
          The layer {name} is pinned until {pin.until}: {pin.reason}
        </p>
      ))}
      {wanted.length === 0 ? (
        <Empty title="No function is called so.">Search for less.</Empty>
      ) : (
        <FunctionTable functions={wanted} />
      )}
    </>
  );
}

const searched = ({ name, triggers }: FunctionView): string =>
  [name, ...triggers.flatMap(({ type, label }) => [type, label])].join(' ').toLowerCase();

function FunctionTable({ functions }: { functions: readonly FunctionView[] }): VNode {
  return (
    <Scroll label="Functions">
      <table class="functions">
        <thead>
          <tr>
            <th scope="col">Function</th>
            <th scope="col">Tree</th>
            <th scope="col" class="wide">
              Version
            </th>
            <th scope="col" class="wide">
              Release
            </th>
            <th scope="col" class="wide">
              Since
            </th>
            <th scope="col">Triggers</th>
          </tr>
        </thead>
        <tbody>
          {functions.map((it) => (
            <tr key={it.name}>
              <th scope="row">
                <a href={linkTo('functions', [it.name])}>{it.name}</a>
              </th>
              <td>
                <TreeState of={it} />
              </td>
              <td class="wide number">{it.version ?? '—'}</td>
              <td class="wide id">{it.release?.slice(0, shortRelease) ?? '—'}</td>
              <td class="wide">{it.since === null ? '—' : <Time iso={it.since} />}</td>
              <td>
                <Triggers of={it} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

/** What invokes a function. */
export function Triggers({ of: { triggers } }: { of: FunctionView }): VNode {
  if (triggers.length === 0) return <span class="soft">invoked directly</span>;
  return (
    <ul class="triggers">
      {triggers.map(({ type, label }) => (
        <li key={`${type} ${label}`}>
          {type !== 'Api' && <span class="soft">{type} </span>}
          <span class="id">{label}</span>
        </li>
      ))}
    </ul>
  );
}
