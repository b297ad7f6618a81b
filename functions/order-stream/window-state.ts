import { shardOf } from '@shared/batch/stream-handler';
import type { KinesisStreamEvent } from 'aws-lambda';
import * as z from 'zod';

// An entry per window of orders and one per currency: at most a few kilobytes, where Lambda takes 1 MB. The orders
// themselves are not in it: they are in the table before the records are acknowledged.
const state = z.object({
  limits: z.record(z.string(), z.number().nullable()),
  numbers: z.record(z.string(), z.number()),
});

/** What a tumbling window carries from one invocation to the next: the limits it found, and the numbers it counted. */
export type WindowState = Readonly<z.output<typeof state>>;

const tumbling = z.object({
  window: z.object({ start: z.string() }),
  // Nothing at first, and that of an earlier release in the window of a deploy: it then starts anew.
  state: state.catch({ limits: {}, numbers: {} }),
  shardId: z.string(),
  isFinalInvokeForWindow: z.boolean(),
  isWindowTerminatedEarly: z.boolean(),
});

/** Where a batch stands: in which shard, in which window, whether it ends it, and what came before it. */
export interface BatchPlace {
  readonly shard: string;
  /** When the window starts, by the time at which records arrive; undefined where Lambda makes no windows. */
  readonly start: string | undefined;
  readonly closes: boolean;
  readonly state: WindowState;
}

/** Reads the place of a batch; without a window in the event, each batch is a window of its own. */
export function placeOf(event: KinesisStreamEvent): BatchPlace {
  const found = tumbling.safeParse(event);
  if (!found.success) {
    return { shard: shardOf(event), start: undefined, closes: true, state: { limits: {}, numbers: {} } };
  }
  const { window, shardId, isFinalInvokeForWindow, isWindowTerminatedEarly, state: carried } = found.data;
  return {
    shard: shardId,
    start: new Date(window.start).toISOString(),
    closes: isFinalInvokeForWindow || isWindowTerminatedEarly,
    state: carried,
  };
}
