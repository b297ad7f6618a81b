import { ConditionsFailedError, ContentionError, namedFailure } from '@shared/dynamodb/table-errors';
import type { AppError } from '@shared/errors/app-error';
import { retry } from '@shared/resilience/retry';
import { userKey } from '@shared/users/user-key';
import { GetCommand, QueryCommand, TransactWriteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { emailTaken, noSuchUser, profileExists } from './user-errors.ts';
import { guardKey, listPartition, positionKey, readGuard, readUser, type Key, type StoredUser } from './user-items.ts';
import { creation, removal, replacement, userWrite, type Write } from './user-writes.ts';
import type { Position, UserPage, UsersRepository } from './users-repository.ts';

// Twenty creates with one e-mail address collide at once; these waits, 0.8 s at most, let one of them win.
const contention = { attempts: 6, baseDelayMs: 25, maxDelayMs: 400 };

const changedMeanwhile = (options?: ErrorOptions): AppError =>
  new ContentionError('The user changed meanwhile', 1, options);

/** Keeps users in the product's table; a user and the guard of its e-mail address change in one transaction. */
export function dynamoDbUsers(client: DynamoDBDocumentClient, table: string): UsersRepository {
  const getItem = async (key: Key): Promise<unknown> =>
    (await namedFailure(client.send(new GetCommand({ TableName: table, Key: key, ConsistentRead: true })))).Item;

  async function load(id: string): Promise<StoredUser | undefined> {
    const item = await getItem(userKey(id));
    return item === undefined ? undefined : readUser(item);
  }

  async function write(writes: readonly Write[], userRefused = changedMeanwhile): Promise<void> {
    try {
      await namedFailure(client.send(new TransactWriteCommand({ TransactItems: [...writes] })));
    } catch (error) {
      if (!(error instanceof ConditionsFailedError)) throw error;
      // The user goes first: if it changed since it was read, whose the address is has to be asked again.
      if (error.failed.includes(userWrite)) throw userRefused({ cause: error });
      // What else is put is the guard of an address; a guard that cannot be deleted is a fault of ours.
      if (error.failed.some((position) => writes[position]?.Put)) throw emailTaken({ cause: error });
      throw error;
    }
  }

  const persistently = <T>(work: () => Promise<T>): Promise<T> =>
    retry(contention, (error) => error instanceof ContentionError, work);

  async function list(limit: number, after?: Position): Promise<UserPage> {
    const { Items = [], LastEvaluatedKey } = await namedFailure(
      client.send(
        new QueryCommand({
          TableName: table,
          IndexName: 'gsi1',
          KeyConditionExpression: 'gsi1pk = :users',
          ExpressionAttributeValues: { ':users': listPartition },
          // One more than asked for tells whether there is a next page.
          Limit: limit + 1,
          ...(after === undefined ? {} : { ExclusiveStartKey: positionKey(after) }),
        }),
      ),
    );
    const items = Items.slice(0, limit).map((item) => readUser(item).user);
    const last = items.at(-1);
    const more = Items.length > limit || LastEvaluatedKey !== undefined;
    return more && last !== undefined ? { items, next: { createdAt: last.createdAt, id: last.id } } : { items };
  }

  return {
    create: (user) => persistently(() => write(creation(table, user), profileExists)),
    find: async (id) => (await load(id))?.user,
    // By the guard and not by an index: an index lags, and would deny a user who has just signed up.
    findByEmail: async (email) => {
      const item = await getItem(guardKey(email));
      const user = item === undefined ? undefined : (await load(readGuard(item)))?.user;
      // Between the two reads the user may have moved to another address.
      return user?.email === email ? user : undefined;
    },
    list,
    update: (id, change) =>
      persistently(async () => {
        const stored = await load(id);
        if (stored === undefined) throw noSuchUser();
        await write(replacement(table, stored, change));
        return { ...stored.user, ...change };
      }),
    remove: (id) =>
      persistently(async () => {
        const stored = await load(id);
        if (stored === undefined) throw noSuchUser();
        await write(removal(table, stored));
      }),
  };
}
