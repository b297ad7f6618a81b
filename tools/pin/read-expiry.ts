import { Failure } from '../lib/failure.ts';
import { dayOf } from '../plan/pin.ts';

const dayMs = 86_400_000;
const usualDays = 14;
/** A pin that nobody looks at again is a fork. */
const longestDays = 90;

/**
 * The last day of a pin, as `2026-12-24`; two weeks from now where none is asked for.
 * @throws Failure for what is no date, and for a day that is past or more than 90 days away
 */
export function readExpiry(text: string | undefined, now: Date): string {
  const inDays = (days: number): string => dayOf(new Date(now.getTime() + days * dayMs));
  if (text === undefined) return inDays(usualDays);
  const date = new Date(`${text}T00:00:00Z`);
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || Number.isNaN(date.getTime()) || dayOf(date) !== text) {
    throw new Failure(`--until ${text} is no date.`, `Write it as ${inDays(usualDays)}.`);
  }
  if (text < dayOf(now)) throw new Failure(`--until ${text} is past.`, 'Name a day that comes.');
  if (text > inDays(longestDays)) {
    throw new Failure(
      `--until ${text} is more than ${longestDays} days away.`,
      `Name ${inDays(longestDays)} at the latest, and pin again then.`,
    );
  }
  return text;
}
