import { userKey } from '@shared/users/user-key';
import * as z from 'zod';
import type { Position, User } from './users-repository.ts';

/** A primary key of the table. */
export type Key = Readonly<Record<'pk' | 'sk', string>>;

/** The key of the guard that holds an e-mail address for one user: two guards of one address cannot exist. */
export const guardKey = (email: string): Key => ({ pk: `EMAIL#${email}`, sk: 'EMAIL' });

/**
 * The partition of gsi1 that lists all users. One partition keeps the list ordered with one query a page; it takes
 * 1000 writes a second, so a product that creates users faster spreads it over shards and merges them.
 */
export const listPartition = 'USERS';

const listKey = ({ createdAt, id }: Position): Record<'gsi1pk' | 'gsi1sk', string> => ({
  gsi1pk: listPartition,
  gsi1sk: `${createdAt}#${id}`,
});

/** The whole key, of table and index, of a position in the list. */
export const positionKey = (position: Position): Record<string, string> => ({
  ...userKey(position.id),
  ...listKey(position),
});

/** A user as stored; `version` grows with each update and is what optimistic concurrency compares. */
export interface StoredUser {
  readonly user: User;
  readonly version: number;
}

/** The first item of a user. */
export const userItem = (user: User): Record<string, unknown> => ({ ...positionKey(user), ...user, version: 1 });

/** The item that guards a user's e-mail address. */
export const guardItem = (email: string, userId: string): Record<string, unknown> => ({ ...guardKey(email), userId });

const user = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
const stored = user.extend({ version: z.number() });
const guard = z.object({ userId: z.string() });

/** Reads a user's item; an item of another shape is a fault of ours and throws. */
export function readUser(item: unknown): StoredUser {
  const { version, ...fields } = stored.parse(item);
  return { user: fields, version };
}

/** Reads the id of the user that a guard's item holds the address for. */
export const readGuard = (item: unknown): string => guard.parse(item).userId;
