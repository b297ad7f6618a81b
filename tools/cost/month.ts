import { Failure } from '../lib/failure.ts';
import type { Month } from './read-usage.ts';

/**
 * The month that is meant, such as `2026-10`; the last whole one where none is.
 * @param now milliseconds since 1970
 * @throws Failure for a text that names no month, and for one that has not begun
 */
export function monthOf(text: string | undefined, now: number): Month {
  const today = new Date(now);
  const [, year, month] = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text ?? '') ?? [];
  if (text !== undefined && year === undefined)
    throw new Failure(`--month ${text} is no month.`, 'Name one as 2026-10.');
  const from =
    year === undefined
      ? Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - 1)
      : Date.UTC(Number(year), Number(month) - 1);
  if (from > now) throw new Failure(`The month ${text ?? ''} has not begun.`, 'Name one that has.');
  const first = new Date(from);
  return { from, to: Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1) };
}
