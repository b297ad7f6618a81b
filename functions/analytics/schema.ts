import { windowOf } from '@shared/tallies/window';
import * as z from 'zod';

const day = 86_400_000;

const time = z.iso.datetime({ error: 'must be an ISO 8601 time in UTC, such as 2025-06-01T12:00:00Z', abort: true });

/** The query of the windows: those that start in `from ≤ start < to`, both rounded down to a window's start. */
export const windowsQuery = z
  .strictObject({ from: time.transform((value) => windowOf(value)), to: time.transform((value) => windowOf(value)) })
  .refine(({ from, to }) => from < to, { path: ['to'], message: 'must be a window or more after from' })
  .refine(({ from, to }) => Date.parse(to) - Date.parse(from) <= 31 * day, {
    path: ['to'],
    message: 'must be within 31 days of from',
  });

/** How much time a page covers, in milliseconds. */
export const pageLength = day;
