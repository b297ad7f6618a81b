import { Failure } from '../../../tools/lib/failure.ts';
import type { RunAction } from './actions.ts';
import type { ModelCloud } from './model-cloud.ts';
import type { Run, Step } from './runs.ts';

/** How a run went. */
export interface Played {
  readonly action: RunAction;
  readonly end: 'done' | 'failed' | 'cancelled' | 'killed';
  /** What it said when it failed. */
  readonly failure: Failure | undefined;
  /** Whether it had to wait for another. */
  readonly waited: boolean;
}

/** How a run went. */
export interface Verdict extends Pick<Played, 'end' | 'failure'> {
  /** The release that a rollback named. */
  readonly to: string | undefined;
}

interface Going extends Omit<Played, 'end'> {
  end: Played['end'] | undefined;
  failure: Failure | undefined;
  waited: boolean;
  readonly run: Run;
  /** What it does next; undefined before it begins. */
  next: Step | undefined;
}

/**
 * Plays runs against each other: `order` says which comes next, `false` for the first, while there is a choice.
 * @param look is called after each step
 */
export function playRuns(
  cloud: ModelCloud,
  runs: readonly { readonly action: RunAction; readonly run: Run }[],
  order: readonly boolean[],
  look: () => void,
): Played[] {
  const all = runs.map((it): Going => ({ ...it, end: undefined, failure: undefined, waited: false, next: undefined }));
  const turns = [...order];
  for (;;) {
    const able = all.filter(({ end }) => end === undefined);
    const chosen = able[turns.shift() === true ? 1 : 0] ?? able[0];
    // Who waits has a look, and then it is the other's turn.
    const wanted = chosen?.next === 'wait' ? (able.find((it) => it !== chosen) ?? chosen) : chosen;
    if (!wanted) return all.map(({ end = 'done', ...it }) => ({ ...it, end }));
    step(cloud, wanted);
    look();
  }
}

function step(cloud: ModelCloud, going: Going): void {
  const { stop } = going.action;
  if (stop && going.next === stop.at) {
    if (stop.how === 'refused') {
      advance(going, () => going.run.throw(new Failure('Refused.', 'Try again.')));
      return;
    }
    // Nobody is left to end what it had begun, or to give back the lock.
    if (stop.how === 'killed' && cloud.lock) cloud.lock.alive = false;
    if (stop.how === 'cancelled') going.run.return();
    going.end = stop.how;
    return;
  }
  advance(going, () => going.run.next());
}

function advance(going: Going, go: () => IteratorResult<Step, void>): void {
  try {
    const { done, value } = go();
    if (done === true) going.end = 'done';
    else going.next = value;
    if (value === 'wait') going.waited = true;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    going.end = 'failed';
    going.failure = error;
  }
}
