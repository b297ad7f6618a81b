import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Problem, Rehearse, RehearsalEvent } from '../../api.ts';
import type { Minute, Rehearsal } from '../../../canary/rehearse.ts';
import { problemOf, stream } from '../client.ts';
import { Choice } from '../parts/choice.tsx';
import { Empty, ProblemNotice } from '../parts/notice.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { RehearsalTimeline, RehearsalVerdict } from './rehearsal.tsx';

/** A problem ends the stream. */
type Came = Exclude<RehearsalEvent, Problem>;

interface Run {
  readonly running: boolean;
  readonly minutes: readonly Minute[];
  readonly end?: { readonly rehearsal: Rehearsal; readonly svg: string };
  readonly problem?: Problem;
}

const usualTraffic = 200;

/** Rehearses how production would move traffic to the tree's version of a function. */
export function Canary({ functions }: { functions: readonly string[] }): VNode {
  const [name, setName] = useState('');
  const [traffic, setTraffic] = useState(String(usualTraffic));
  const { run, start } = useRehearsal();
  const chosen = name === '' ? (functions[0] ?? '') : name;
  return (
    <>
      <PageHead
        title="Canary rehearsal"
        intro="How production would move traffic to the tree's version, with its alarms; minutes pass at once. Nothing moves here: live stays where it is."
      />
      <form
        class="filters"
        onSubmit={(event) => {
          event.preventDefault();
          if (!run.running) start({ function: chosen, traffic: Number(traffic) });
        }}
      >
        <Choice label="Function" value={chosen} options={functions.map((it) => [it, it])} onChange={setName} />
        <label class="field">
          <span>Requests in all</span>
          <input
            type="number"
            min={1}
            max={5_000}
            required
            value={traffic}
            onInput={({ currentTarget }) => {
              setTraffic(currentTarget.value);
            }}
          />
        </label>
        <button type="submit" class="main" aria-disabled={run.running}>
          {run.running ? 'Rehearsing …' : 'Rehearse'}
        </button>
      </form>
      <ProblemNotice problem={run.problem} />
      <Shown run={run} />
    </>
  );
}

function Shown({ run: { running, minutes, end, problem } }: { run: Run }): VNode | null {
  if (minutes.length === 0 && end === undefined) {
    if (problem !== undefined) return null;
    if (running) return <p class="waiting">The hook asks the new version, then the first minute begins …</p>;
    return (
      <Empty title="No rehearsal yet.">
        Choose a function and rehearse: its timeline is drawn here, minute by minute.
      </Empty>
    );
  }
  return (
    <>
      <div role="status">{end !== undefined && <RehearsalVerdict of={end.rehearsal} />}</div>
      <RehearsalTimeline minutes={minutes} />
      {end !== undefined && (
        <img
          class="picture"
          src={`data:image/svg+xml,${encodeURIComponent(end.svg)}`}
          alt={`The timeline of ${end.rehearsal.function} as a picture; the table has the same figures.`}
        />
      )}
    </>
  );
}

function useRehearsal(): { run: Run; start: (what: Rehearse) => void } {
  const [run, setRun] = useState<Run>({ running: false, minutes: [] });
  const ending = useRef(new AbortController());
  useEffect(() => {
    const { current } = ending;
    return () => {
      current.abort();
    };
  }, []);
  const follow = async (what: Rehearse): Promise<void> => {
    for await (const event of await stream<Came>('/console/rehearsals', ending.current.signal, what)) {
      setRun((before) => taken(before, event));
    }
  };
  const start = (what: Rehearse): void => {
    setRun({ running: true, minutes: [] });
    follow(what)
      .catch((error: unknown) => {
        setRun((before) => ({ ...before, problem: problemOf(error) }));
      })
      .finally(() => {
        setRun((before) => ({ ...before, running: false }));
      });
  };
  return { run, start };
}

function taken(run: Run, event: Came): Run {
  return 'minute' in event ? { ...run, minutes: [...run.minutes, event.minute] } : { ...run, end: event };
}
