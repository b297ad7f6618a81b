import type { VNode } from 'preact';
import { useCallback, useState } from 'preact/hooks';
import type { Request } from '../../api.ts';
import { Badge } from '../parts/badge.tsx';
import { Empty, Shown } from '../parts/notice.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { Scroll } from '../parts/scroll.tsx';
import { SearchBox } from '../parts/search-box.tsx';
import { Time } from '../parts/time.tsx';
import { linkTo } from '../route.ts';
import { useLoad } from '../use-load.ts';
import { useLines } from '../use-lines.ts';

const pastMs = 60 * 60_000;

/** The latest requests. A log line that comes may be of another one. */
export function Traces(): VNode {
  const [since] = useState(() => new Date(Date.now() - pastMs).toISOString());
  const [now] = useState(() => new Date().toISOString());
  const requests = useLoad<readonly Request[]>(`/console/traces?since=${encodeURIComponent(since)}`);
  const [text, setText] = useState('');
  useLines(
    now,
    useCallback(() => undefined, []),
    requests.reload,
  );
  return (
    <>
      <PageHead title="Traces" intro="The requests of the last hour, as they come; the newest first." />
      <Shown loaded={requests}>
        {(all) => {
          if (all.length === 0)
            return (
              <Empty title="No request in the last hour.">
                <a href="#/functions">Invoke a function</a>, or send a request to the API: what it causes appears here.
              </Empty>
            );
          const wanted = all.filter((it) => searched(it).includes(text.trim().toLowerCase()));
          return (
            <>
              <div class="filters">
                <SearchBox label="Correlation id or function" value={text} onChange={setText} />
                <p class="count number">
                  {wanted.length} of {all.length} requests
                </p>
              </div>
              {wanted.length === 0 ? (
                <Empty title="No request is so.">
                  An older one: <a href={linkTo('traces', [text.trim()])}>look for the correlation id {text.trim()}</a>.
                </Empty>
              ) : (
                <RequestTable requests={wanted} />
              )}
            </>
          );
        }}
      </Shown>
    </>
  );
}

const searched = ({ correlation, functions }: Request): string => [correlation, ...functions].join(' ').toLowerCase();

function RequestTable({ requests }: { requests: readonly Request[] }): VNode {
  return (
    <Scroll label="Requests">
      <table>
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">Correlation id</th>
            <th scope="col">Outcome</th>
            <th scope="col">Functions</th>
          </tr>
        </thead>
        <tbody>
          {requests.map(({ correlation, from, functions, failed }) => (
            <tr key={correlation}>
              <td>
                <Time iso={from} />
              </td>
              <th scope="row" class="id shortened">
                <a href={linkTo('traces', [correlation])}>{correlation}</a>
              </th>
              <td>{failed ? <Badge tone="bad">failed</Badge> : <Badge tone="good">ok</Badge>}</td>
              <td>{functions.join(' → ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
