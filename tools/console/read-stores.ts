import type { Connection } from '../stack/connection.ts';
import type { Store, StoreKind, StorePage } from './api.ts';
import { readReaders } from './read-readers.ts';
import { queueStore } from './read-queues.ts';
import { streamStore } from './read-streams.ts';
import { tableStore } from './read-tables.ts';
import { topicStore } from './read-topics.ts';
import { Refusal } from './refusal.ts';

/** What stores of one kind can be asked. */
export interface Stores {
  /** All of them, without who reads them. */
  readonly list: () => Promise<readonly Omit<Store, 'kind' | 'readBy'>[]>;
  /** @param from where the page begins, as the one before said; from the beginning where left out */
  readonly page: (name: string, from: string | undefined) => Promise<StorePage>;
}

const kinds: Readonly<Record<StoreKind, (connection: Connection) => Promise<Stores>>> = {
  table: tableStore,
  queue: queueStore,
  stream: streamStore,
  topic: topicStore,
};

/** Every table, queue, stream and topic of the local cloud, in the order of their names. */
export async function listStores(connection: Connection): Promise<Store[]> {
  const readers = await readReaders(connection);
  const listed = Object.keys(kinds)
    .filter(isStoreKind)
    .map(async (kind) => {
      const found = await (await kinds[kind](connection)).list();
      return found.map((it): Store => ({ kind, ...it, readBy: readers(kind, it.name) }));
    });
  return (await Promise.all(listed)).flat().sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** Some of what a store has. @throws Refusal where there is none of that name */
export async function readStorePage(
  connection: Connection,
  kind: StoreKind,
  name: string,
  from: string | undefined,
): Promise<StorePage> {
  const stores = await kinds[kind](connection);
  const isThere = (await stores.list()).some((it) => it.name === name);
  if (!isThere) throw new Refusal(404, `There is no ${kind} ${name}.`, 'GET /console/stores lists what there is.');
  return await stores.page(name, from);
}

export const isStoreKind = (text: string): text is StoreKind => Object.hasOwn(kinds, text);
