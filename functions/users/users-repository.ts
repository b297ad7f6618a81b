/** A user; the times are ISO 8601 in UTC, the e-mail address is normalised and no other user has it. */
export interface User {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** What an update replaces. */
export type UserChange = Pick<User, 'email' | 'name' | 'updatedAt'>;

/** A place in the list, which is ordered by creation time and then id. */
export type Position = Pick<User, 'createdAt' | 'id'>;

/** A page of the list; `next` is where the following page starts and is left out on the last one. */
export interface UserPage {
  readonly items: readonly User[];
  readonly next?: Position;
}

/**
 * Where users are kept. Reads by id and by e-mail address see every write that was acknowledged; the list may lag.
 * Any operation may throw an UnavailableError when the store is overloaded or in contention.
 */
export interface UsersRepository {
  /** @throws {ConflictError} when a user has the id already, or another one the e-mail address */
  readonly create: (user: User) => Promise<void>;
  readonly find: (id: string) => Promise<User | undefined>;
  readonly findByEmail: (email: string) => Promise<User | undefined>;
  readonly list: (limit: number, after?: Position) => Promise<UserPage>;
  /**
   * @throws {NotFoundError} when there is no such user
   * @throws {ConflictError} when another user has the e-mail address
   */
  readonly update: (id: string, change: UserChange) => Promise<User>;
  /** @throws {NotFoundError} when there is no such user */
  readonly remove: (id: string) => Promise<void>;
}
