import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { JsonObject } from '../../../lib/json.ts';
import type { StorePage } from '../../api.ts';
import { pathOf } from '../client.ts';
import { JsonView } from '../parts/json-view.tsx';
import { Empty, Shown } from '../parts/notice.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { RefreshButton } from '../parts/refresh-button.tsx';
import { linkTo } from '../route.ts';
import { useLoad } from '../use-load.ts';

const list = { href: linkTo('stores'), label: 'All stores' };
/** Members that tell an item from others; the rest is seen when it is opened. */
const shownMembers = 4;
const longest = 60;

/** What a table, queue, stream or topic has, page by page. */
export function StoreContent({ kind, name }: { kind: string; name: string }): VNode {
  /** Where the pages up to this one begin. */
  const [starts, setStarts] = useState<readonly string[]>([]);
  const from = starts.at(-1);
  const page = useLoad<StorePage>(
    `${pathOf('stores', kind, name)}${from === undefined ? '' : `?from=${encodeURIComponent(from)}`}`,
  );
  return (
    <>
      <PageHead title={name} above={list} intro={`${kind}, page ${starts.length + 1}`}>
        <RefreshButton onClick={page.reload} />
      </PageHead>
      <Shown loaded={page}>
        {({ items, next }) => (
          <>
            {items.length === 0 ? <Nothing kind={kind} /> : <Items items={items} />}
            <div class="row pages">
              <button
                type="button"
                disabled={starts.length === 0}
                onClick={() => {
                  setStarts(starts.slice(0, -1));
                }}
              >
                Page before
              </button>
              <button
                type="button"
                disabled={next === null}
                onClick={() => {
                  if (next !== null) setStarts([...starts, next]);
                }}
              >
                Next page
              </button>
            </div>
          </>
        )}
      </Shown>
    </>
  );
}

function Nothing({ kind }: { kind: string }): VNode {
  return (
    <Empty title={`This ${kind} is empty.`}>
      <a href="#/functions">Invoke a function</a> that writes to it, and refresh.
    </Empty>
  );
}

function Items({ items }: { items: readonly JsonObject[] }): VNode {
  return (
    <ol class="items">
      {items.map((item, at) => (
        <li key={at}>
          <details>
            <summary>{summaryOf(item)}</summary>
            <JsonView value={item} label={`Item ${at + 1}`} />
          </details>
        </li>
      ))}
    </ol>
  );
}

function summaryOf(item: JsonObject): VNode[] {
  return Object.entries(item)
    .flatMap(([key, value]) => (typeof value === 'object' ? [] : [[key, String(value)] as const]))
    .slice(0, shownMembers)
    .map(([key, value]) => (
      <span class="member" key={key}>
        <span class="soft">{key}</span> <span class="id">{shortened(value)}</span>
      </span>
    ));
}

const shortened = (text: string): string => (text.length > longest ? `${text.slice(0, longest)}…` : text);
