import type { VNode } from 'preact';
import type { Store, StoreKind } from '../../api.ts';
import { Empty, Shown } from '../parts/notice.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { RefreshButton } from '../parts/refresh-button.tsx';
import { Scroll } from '../parts/scroll.tsx';
import { linkTo } from '../route.ts';
import { useLoad } from '../use-load.ts';

/** Their titles, and what is counted in them; of the others that is not known. */
const kinds: readonly (readonly [StoreKind, string, string?])[] = [
  ['table', 'Tables', 'Items'],
  ['queue', 'Queues', 'Messages'],
  ['stream', 'Streams'],
  ['topic', 'Topics'],
];

/** The tables, queues, streams and topics of the stage. */
export function Stores(): VNode {
  const stores = useLoad<readonly Store[]>('/console/stores');
  return (
    <>
      <PageHead title="Stores" intro="Tables, queues, streams and topics. To look takes nothing out of them.">
        <RefreshButton onClick={stores.reload} />
      </PageHead>
      <Shown loaded={stores}>
        {(all) =>
          all.length === 0 ? (
            <Empty title="The stage has no store.">
              Add a table or a queue to a template below infra/, and deploy it.
            </Empty>
          ) : (
            <div class="groups">
              {kinds.map(([kind, title, counted]) => (
                <Kind key={kind} title={title} counted={counted} stores={all.filter((it) => it.kind === kind)} />
              ))}
            </div>
          )
        }
      </Shown>
    </>
  );
}

function Kind({
  title,
  counted,
  stores,
}: {
  title: string;
  counted: string | undefined;
  stores: readonly Store[];
}): VNode | null {
  if (stores.length === 0) return null;
  return (
    <div class="panel">
      <h2>{title}</h2>
      <Scroll label={title}>
        <table>
          <thead>
            <tr>
              <th scope="col">Name</th>
              {counted !== undefined && (
                <th scope="col" class="end">
                  {counted}
                </th>
              )}
              <th scope="col">Read by</th>
            </tr>
          </thead>
          <tbody>
            {stores.map(({ kind, name, count, readBy }) => (
              <tr key={name}>
                <th scope="row" class="id">
                  <a href={linkTo('stores', [kind, name])}>{name}</a>
                </th>
                {counted !== undefined && <td class="end number">{count ?? '—'}</td>}
                <td>
                  <Readers names={readBy} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </div>
  );
}

function Readers({ names }: { names: readonly string[] }): VNode {
  if (names.length === 0) return <span class="soft">—</span>;
  return (
    <span class="badges">
      {names.map((name) => (
        <a key={name} href={linkTo('functions', [name])}>
          {name}
        </a>
      ))}
    </span>
  );
}
