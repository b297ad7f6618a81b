import { retry } from '@shared/resilience/retry';
import type { Command } from './order-commands.ts';
import { noSuchOrder, VersionTakenError } from './order-errors.ts';
import { snapshotEvery, type EventStore, type Snapshots } from './event-store.ts';
import { replay, type Order } from './order.ts';
import { recordEvent } from './record-event.ts';

/** What reading and changing an order needs. */
export interface HistoryDependencies {
  readonly events: EventStore;
  readonly snapshots: Snapshots;
  readonly now: () => Date;
  readonly newId: () => string;
  readonly onProblem: (message: string, error: unknown) => void;
}

// Fifty writers of one order at once: in each round at least one of them gets through, most often several do.
const contention = { attempts: 40, baseDelayMs: 20, maxDelayMs: 500 };

/** Reads an order from its events, from the latest snapshot on. */
export async function loadOrder(
  { events, snapshots }: Pick<HistoryDependencies, 'events' | 'snapshots'>,
  id: string,
): Promise<Order | undefined> {
  const snapshot = await snapshots.find(id);
  return replay(await events.read(id, snapshot?.version ?? 0), snapshot);
}

/**
 * Decides on the order as it is, and appends what follows; read and decided again when another writer was faster.
 * @throws {NotFoundError} without such an order
 * @throws {ConflictError} when its state does not, or no longer, allow the command
 */
export async function changeOrder(
  dependencies: HistoryDependencies,
  id: string,
  command: Command,
  correlationId: string,
): Promise<Order> {
  const { events, snapshots, now, newId, onProblem } = dependencies;
  const { event, order } = await retry(
    contention,
    (error) => error instanceof VersionTakenError,
    async () => {
      const before = await loadOrder(dependencies, id);
      if (before === undefined) throw noSuchOrder();
      const marks = { eventId: newId(), occurredAt: now().toISOString(), correlationId };
      const recorded = recordEvent(before, before, command(before), marks);
      await events.append(recorded.event);
      return recorded;
    },
  );
  if (event.order.version % snapshotEvery === 0) {
    // The change is stored; without its snapshot the next reader only reads more.
    await snapshots.save(order).catch((error: unknown) => {
      onProblem('The snapshot was not saved', error);
    });
  }
  return order;
}
