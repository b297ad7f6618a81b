import type { StoredEvent } from '@shared/orders/stored-event';
import type { EventStore } from './event-store.ts';

/** A store that tells of each event that it has appended: the log then says which request led to which event. */
export const tellingEvents = (store: EventStore, tell: (event: StoredEvent) => void): EventStore => ({
  ...store,
  append: async (event) => {
    await store.append(event);
    tell(event);
  },
});
