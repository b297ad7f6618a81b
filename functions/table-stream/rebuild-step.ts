import { PoisonRecordError } from '@shared/batch/poison-record';
import { ConflictError } from '@shared/errors/app-error';
import { viewOf } from '@shared/orders/order-view';
import { readStoredEvent, type StoredEvent } from '@shared/orders/stored-event';
import { parse } from '@shared/validation/parse';
import * as z from 'zod';
import type { TableStreamDependencies } from './dependencies.ts';

/**
 * What a step reads, removes, and writes at once. DynamoDB ends a page at 1 MB in any case, so that the memory of a step
 * is bounded. The local cloud sorts the whole table for each page: fewer are faster there.
 */
const pages = { events: 1_000, removals: 500, atOnce: 20 };

const cursor = z.object({ pk: z.string(), sk: z.string() });
const generation = z.string().min(1).max(64);
const projection = z.literal('orders');

/** One step of a rebuild: the caller asks for one after the other, and may stop or begin again at any time. */
export const rebuildRequest = z.discriminatedUnion('step', [
  z.strictObject({ rebuild: projection, step: z.literal('begin') }),
  z.strictObject({ rebuild: projection, step: z.literal('fill'), generation, cursor: cursor.optional() }),
  z.strictObject({ rebuild: projection, step: z.literal('swap'), generation }),
  z.strictObject({ rebuild: projection, step: z.literal('clear') }),
]);

/** What a step has done; a cursor, or `done: false`, says that there is more of it. */
export type RebuildResult =
  | { readonly generation: string }
  | { readonly events: number; readonly unreadable: number; readonly cursor?: z.output<typeof cursor> }
  | { readonly live: string }
  | { readonly removed: number; readonly done: boolean };

type Needed = Pick<TableStreamDependencies, 'views' | 'projection' | 'events' | 'newGeneration'>;

/** Runs one step. @throws {ConflictError} when another rebuild has begun since */
export async function rebuildStep(needed: Needed, event: unknown): Promise<RebuildResult> {
  const request = parse(rebuildRequest, event);
  switch (request.step) {
    case 'begin': {
      const made = needed.newGeneration();
      await needed.projection.begin(made);
      return { generation: made };
    }
    case 'fill':
      return fill(needed, request.generation, request.cursor);
    case 'swap':
      await needed.projection.swap(request.generation);
      return { live: request.generation };
    case 'clear':
      return clear(needed);
  }
}

/** Shows a part of the store in the new generation; the stream's batches write to it at the same time. */
async function fill(
  { views, projection: generations, events }: Needed,
  into: string,
  after: z.output<typeof cursor> | undefined,
): Promise<RebuildResult> {
  if ((await generations.read()).building !== into) throw new ConflictError('Another rebuild has begun');
  const page = await events.page(pages.events, after);
  const read = page.items.map(readOrUndefined).filter((event) => event !== undefined);
  // Events of an order follow one another: most often the last of them is all that is written.
  const latest = new Map<string, StoredEvent>();
  for (const event of read) {
    if ((latest.get(event.order.id)?.order.version ?? 0) < event.order.version) latest.set(event.order.id, event);
  }
  await someAtOnce([...latest.values()], (event) => views.put(into, viewOf(event)));
  const done = { events: page.items.length, unreadable: page.items.length - read.length };
  return page.cursor === undefined ? done : { ...done, cursor: page.cursor };
}

/** An event that cannot be read was parked, with an alert, when the stream brought it. */
function readOrUndefined(item: unknown): StoredEvent | undefined {
  try {
    return readStoredEvent(item);
  } catch (error) {
    if (error instanceof PoisonRecordError) return undefined;
    throw error;
  }
}

async function clear({ views, projection: generations }: Needed): Promise<RebuildResult> {
  const [retired] = (await generations.read()).retired;
  if (retired === undefined) return { removed: 0, done: true };
  const ids = await views.some(retired, pages.removals);
  await someAtOnce(ids, (id) => views.remove(retired, id));
  if (ids.length === 0) await generations.forget(retired);
  return { removed: ids.length, done: false };
}

async function someAtOnce<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  for (let at = 0; at < items.length; at += pages.atOnce)
    await Promise.all(items.slice(at, at + pages.atOnce).map(work));
}
