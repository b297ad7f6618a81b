import type { VNode } from 'preact';
import { useCallback, useState } from 'preact/hooks';
import type { Branch, Line } from '../../api.ts';
import { pathOf } from '../client.ts';
import { Badge } from '../parts/badge.tsx';
import { LogLines } from '../parts/log-line.tsx';
import { Empty, Shown } from '../parts/notice.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { RefreshButton } from '../parts/refresh-button.tsx';
import { Scroll } from '../parts/scroll.tsx';
import { duration } from '../parts/time.tsx';
import { linkTo } from '../route.ts';
import { useLoad } from '../use-load.ts';
import { useLines } from '../use-lines.ts';
import { traceRows, type TraceRow } from './trace-rows.ts';

const list = { href: linkTo('traces'), label: 'Latest requests' };
const deepest = 8;

/** One request: its invocations as a tree with their durations, and all that they logged. */
export function Trace({ correlation }: { correlation: string }): VNode {
  const [now] = useState(() => new Date().toISOString());
  const trace = useLoad<readonly Branch[]>(pathOf('traces', correlation));
  const { reload } = trace;
  const follow = useCallback(
    (lines: readonly Line[]) => {
      if (lines.some(({ correlations }) => correlations.includes(correlation))) reload();
    },
    [correlation, reload],
  );
  useLines(
    now,
    useCallback(() => undefined, []),
    follow,
  );
  return (
    <>
      <PageHead title="Trace" above={list} intro={<span class="id">{correlation}</span>}>
        <a class="button" href={linkTo('logs', [], { text: correlation })}>
          Logs
        </a>
        <RefreshButton onClick={reload} />
      </PageHead>
      <Shown loaded={trace}>
        {(branches) =>
          branches.length === 0 ? (
            <Empty title="No invocation has logged this correlation id.">
              It may not have been written yet: refresh in a moment, or look for the id in the{' '}
              <a href={linkTo('logs', [], { text: correlation })}>logs</a>.
            </Empty>
          ) : (
            <Tree branches={branches} />
          )
        }
      </Shown>
    </>
  );
}

function Tree({ branches }: { branches: readonly Branch[] }): VNode {
  const { rows, total } = traceRows(branches);
  const lines = rows.flatMap(({ branch }) => branch.lines).sort((a, b) => Date.parse(a.time) - Date.parse(b.time));
  return (
    <>
      <Scroll label="Invocations">
        <table class="trace">
          <thead>
            <tr>
              <th scope="col">Invocation</th>
              <th scope="col" class="end">
                Takes
              </th>
              <th scope="col" class="bars">
                {duration(total)} in all
              </th>
              <th scope="col" class="wide end">
                Begins
              </th>
              <th scope="col">Outcome</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.branch.requestId} row={row} total={total} />
            ))}
          </tbody>
        </table>
      </Scroll>
      <h2>Log lines</h2>
      {lines.length === 0 ? (
        <p class="soft">It logged none.</p>
      ) : (
        <LogLines lines={lines} label="Log lines of the trace" />
      )}
    </>
  );
}

function Row({ row: { branch, depth, offset }, total }: { row: TraceRow; total: number }): VNode {
  const { coldStart, failed } = branch;
  return (
    <tr>
      <th scope="row" class={`depth-${Math.min(depth, deepest)}`}>
        <a href={linkTo('functions', [branch.function])}>{branch.function}</a>
        {depth > 0 && <span class="visually-hidden">, at depth {depth}</span>}
      </th>
      <td class="end number">{branch.duration === null ? 'not ended' : duration(branch.duration)}</td>
      <td class="bars">
        <svg class={failed ? 'bar bad' : 'bar'} height="14" width="100%" aria-hidden="true">
          <rect x="0" y="6" width="100%" height="2" class="bar-ground" />
          <rect
            x={`${Math.min(99, (offset / total) * 100)}%`}
            y="1"
            height="12"
            rx="2"
            width={`${Math.max(0.6, ((branch.duration ?? 0) / total) * 100)}%`}
          />
        </svg>
      </td>
      <td class="wide end number">+{duration(offset)}</td>
      <td>
        <span class="badges">
          {failed ? <Badge tone="bad">failed</Badge> : <Badge tone="good">ok</Badge>}
          {coldStart !== null && <Badge tone="plain">cold start {duration(coldStart)}</Badge>}
        </span>
      </td>
    </tr>
  );
}
