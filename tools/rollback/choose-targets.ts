import { Failure } from '../lib/failure.ts';
import { activePin } from '../plan/pin.ts';
import type { StackRecord } from '../plan/record.ts';
import { shortRelease } from '../plan/recorded-block.ts';
import type { Wish } from './find-earlier.ts';
import { runningFunction } from './running-function.ts';

/** What is asked for. */
export interface RollbackRequest {
  /** Names of functions; every function that has run another release when left out. */
  readonly names: readonly string[] | undefined;
  /** A release, or its first digits: for one function. The one before when left out. */
  readonly to: string | undefined;
}

/**
 * Which functions go back, and to which release.
 * @throws Failure for an unknown name, for a pinned function, for a function that has run nothing else, and for a release that runs already
 */
export function chooseTargets(record: StackRecord, { names, to }: RollbackRequest, now = new Date()): Wish[] {
  const { functions, stage } = record;
  const deployed = [...functions.values()];
  if (names === undefined) {
    const able = deployed.flatMap((running) =>
      running.previous && !activePin(running, now) ? [{ running, release: running.previous }] : [],
    );
    if (able.length === 0)
      throw new Failure(`No function of ${stage} has run another release.`, 'Deploy an older commit.');
    return able;
  }
  if (to !== undefined && names.length !== 1) {
    throw new Failure('--to names a release of one function.', 'Name one function, or leave --to out.');
  }
  if (to !== undefined) assertRelease(to);
  return names.map((name) => {
    const running = runningFunction(record, name);
    const pin = activePin(running, now);
    if (pin) {
      throw new Failure(
        `${name} is pinned until ${pin.until}: ${pin.reason}`,
        `To take it back all the same: npm run aviary -- unpin ${name}, then again.`,
      );
    }
    const release = to ?? running.previous;
    if (release === undefined) {
      throw new Failure(
        `${name} has run no other release in ${stage}.`,
        'Deploy an older commit, or name a release with --to.',
      );
    }
    if (running.release.startsWith(release)) {
      throw new Failure(`${name} runs ${release.slice(0, shortRelease)} already.`, 'Name another release with --to.');
    }
    return { running, release };
  });
}

/** @throws Failure for what cannot be a release, or the first digits of one */
export function assertRelease(text: string): void {
  if (/^[0-9a-f]{6,64}$/.test(text)) return;
  throw new Failure(
    `${text} is no release.`,
    'It is at least six hexadecimal digits, as npm run aviary -- history shows.',
  );
}
