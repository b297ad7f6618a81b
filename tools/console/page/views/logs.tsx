import type { VNode } from 'preact';
import { useCallback, useMemo, useRef, useState } from 'preact/hooks';
import { levels } from '../../../logs/log-level.ts';
import type { Line } from '../../api.ts';
import { Choice } from '../parts/choice.tsx';
import { LogLine } from '../parts/log-line.tsx';
import { Empty } from '../parts/notice.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { SearchBox } from '../parts/search-box.tsx';
import type { Route } from '../route.ts';
import { useLines } from '../use-lines.ts';
import { isWanted, keepLines, mostLines, type KeptLine, type LineFilter } from './log-buffer.ts';

const pastMs = 15 * 60_000;
/** Lines that are drawn at first, and each time that more are asked for. */
const drawn = 150;

/** The log lines of the last minutes and as they come, the newest first. */
export function Logs({ route, functions }: { route: Route; functions: readonly string[] }): VNode {
  const [filter, setFilter] = useState<LineFilter>({
    text: route.query.get('text') ?? '',
    function: route.query.get('function') ?? '',
    level: route.query.get('level') ?? 'DEBUG',
  });
  const { lines, paused, setPaused, clear } = useBuffer();
  const [most, setMost] = useState(drawn);
  const wanted = useMemo(() => lines.filter((it) => isWanted(it, filter)).reverse(), [lines, filter]);
  const change = (part: Partial<LineFilter>): void => {
    setMost(drawn);
    setFilter({ ...filter, ...part });
  };
  return (
    <>
      <PageHead title="Logs" intro="Of all functions, as they come; the newest first.">
        <button
          type="button"
          aria-pressed={paused}
          onClick={() => {
            setPaused(!paused);
          }}
        >
          {paused ? 'Go on' : 'Pause'}
        </button>
        <button type="button" onClick={clear}>
          Clear
        </button>
      </PageHead>
      <div class="filters">
        <SearchBox
          label="Text or correlation id"
          value={filter.text}
          onChange={(text) => {
            change({ text });
          }}
        />
        <Choice
          label="Function"
          value={filter.function}
          options={[['', 'All functions'], ...functions.map((name) => [name, name] as const)]}
          onChange={(name) => {
            change({ function: name });
          }}
        />
        <Choice
          label="Level"
          value={filter.level}
          options={levels.map((level) => [level, level === 'ERROR' ? level : `${level} and above`])}
          onChange={(level) => {
            change({ level });
          }}
        />
        <p class="count number">
          {wanted.length} of {lines.length} {lines.length >= mostLines ? 'lines, the newest' : 'lines'}
          {paused && ', paused'}
        </p>
      </div>
      {wanted.length === 0 ? (
        <Nothing isFiltered={lines.length > 0} />
      ) : (
        <ol class="lines" aria-label="Log lines">
          {wanted.slice(0, most).map(({ id, line }) => (
            <LogLine key={id} line={line} />
          ))}
        </ol>
      )}
      {wanted.length > most && (
        <button
          type="button"
          class="more"
          onClick={() => {
            setMost(most + drawn);
          }}
        >
          Show older lines
        </button>
      )}
    </>
  );
}

function Nothing({ isFiltered }: { isFiltered: boolean }): VNode {
  if (isFiltered) return <Empty title="No line is so.">Search for less, or choose another function or level.</Empty>;
  return (
    <Empty title="No log line in the last 15 minutes.">
      <a href="#/functions">Invoke a function</a>, or send a request to the API: its lines appear here.
    </Empty>
  );
}

interface Buffer {
  readonly lines: readonly KeptLine[];
  readonly paused: boolean;
  readonly setPaused: (paused: boolean) => void;
  readonly clear: () => void;
}

/** The lines that came; while it is paused the page stays, and what comes is kept for afterwards. */
function useBuffer(): Buffer {
  const [since] = useState(() => new Date(Date.now() - pastMs).toISOString());
  const kept = useRef<readonly KeptLine[]>([]);
  const [lines, setLines] = useState<readonly KeptLine[]>([]);
  const [paused, setPaused] = useState(false);
  const isPaused = useRef(false);
  const put = useCallback((next: readonly KeptLine[]) => {
    kept.current = next;
    if (!isPaused.current) setLines(next);
  }, []);
  const start = useCallback(() => {
    put([]);
  }, [put]);
  const add = useCallback(
    (fresh: readonly Line[]) => {
      put(keepLines(kept.current, fresh));
    },
    [put],
  );
  useLines(since, start, add);
  const pause = (value: boolean): void => {
    isPaused.current = value;
    setPaused(value);
    if (!value) setLines(kept.current);
  };
  const clear = (): void => {
    kept.current = [];
    setLines([]);
  };
  return { lines, paused, setPaused: pause, clear };
}
