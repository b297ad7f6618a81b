/** The primary key of an item of the table. */
export type ItemKey = Readonly<Record<'pk' | 'sk', string>>;

/** Part of the table: the keys of what has expired in it, and where the next part begins, if there is one. */
export interface Page {
  readonly expired: readonly ItemKey[];
  readonly next?: ItemKey;
}

/** The items of the table whose time is over. Times are seconds since 1970; any operation may throw an UnavailableError. */
export interface ExpiredItems {
  /** Looks at `limit` items from a place on, or from the beginning, for those that expired before `time`. */
  readonly find: (time: number, limit: number, from?: ItemKey) => Promise<Page>;
  /** Removes an item, unless it was given more time meanwhile. @returns whether it did */
  readonly remove: (key: ItemKey, time: number) => Promise<boolean>;
  /** The place that was kept for the next run; undefined for the beginning. */
  readonly place: () => Promise<ItemKey | undefined>;
  readonly keepPlace: (place: ItemKey | undefined) => Promise<void>;
}
