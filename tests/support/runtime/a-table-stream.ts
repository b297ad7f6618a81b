import type { OrderEvent } from '@shared/contracts/order-events';
import { eventItem, eventKey } from '@shared/orders/event-items';
import type { StoredEvent } from '@shared/orders/stored-event';
import type { TableStreamDependencies } from '../../../functions/table-stream/dependencies.ts';
import type { EventLog } from '../../../functions/table-stream/event-log.ts';
import { memoryPark, type MemoryPark } from './memory-park.ts';
import { memoryReadModel } from './memory-read-model.ts';
import { recordedTelemetry, type RecordedLine } from './recorded-telemetry.ts';

/** A store of events in memory that is read in the order of its keys. */
export function memoryEventLog(all: readonly StoredEvent[], others: readonly Record<string, unknown>[] = []): EventLog {
  const keyOf = ({ order }: StoredEvent): string => Object.values(eventKey(order.id, order.version)).join('/');
  return {
    page: async (limit, after) => {
      await Promise.resolve();
      const start = after === undefined ? '' : `${after.pk}/${after.sk}`;
      const sorted = all.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)).filter((event) => keyOf(event) > start);
      const part = sorted.slice(0, limit);
      const last = part.at(-1);
      const items = [...part.map(eventItem), ...(after === undefined ? others : [])];
      if (sorted.length <= limit || last === undefined) return { items };
      return { items, cursor: eventKey(last.order.id, last.order.version) };
    },
  };
}

/** What the table-stream function needs, in memory, and what it did. */
export interface TableStreamUnderTest {
  readonly dependencies: TableStreamDependencies;
  readonly model: ReturnType<typeof memoryReadModel>;
  readonly published: OrderEvent[];
  readonly parking: MemoryPark;
  readonly lines: RecordedLine[];
}

/** Makes a table-stream function over a store of events; `parts` take the place of what it needs. */
export function aTableStream(
  events: readonly StoredEvent[] = [],
  parts: Partial<TableStreamDependencies> = {},
): TableStreamUnderTest {
  const model = memoryReadModel();
  const published: OrderEvent[] = [];
  const parking = memoryPark();
  const { lines, ...telemetry } = recordedTelemetry();
  let made = 0;
  const dependencies: TableStreamDependencies = {
    views: model.views,
    projection: model.projection,
    events: memoryEventLog(events),
    publish: async (event) => {
      await Promise.resolve();
      published.push(event);
    },
    park: parking.park,
    newGeneration: () => `generation-${(made += 1)}`,
    telemetry,
    ...parts,
  };
  return { dependencies, model, published, parking, lines };
}
