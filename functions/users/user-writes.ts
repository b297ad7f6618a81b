import { userKey } from '@shared/users/user-key';
import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { guardItem, guardKey, userItem, type StoredUser } from './user-items.ts';
import type { User, UserChange } from './users-repository.ts';

/** One write of a transaction. */
export type Write = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** Where the write of the user stands in every transaction. */
export const userWrite = 0;

// Never read before write: the condition decides, at the moment of the write, whether the address is free.
const takeEmail = (table: string, email: string, id: string): Write => ({
  Put: { TableName: table, Item: guardItem(email, id), ConditionExpression: 'attribute_not_exists(pk)' },
});

const freeEmail = (table: string, { user }: StoredUser): Write => ({
  Delete: {
    TableName: table,
    Key: guardKey(user.email),
    ConditionExpression: 'userId = :id',
    ExpressionAttributeValues: { ':id': user.id },
  },
});

/** The writes that create a user and take its e-mail address. */
export function creation(table: string, user: User): Write[] {
  const put = { TableName: table, Item: userItem(user), ConditionExpression: 'attribute_not_exists(pk)' };
  return [{ Put: put }, takeEmail(table, user.email, user.id)];
}

/**
 * The writes that change a user that is still as it was read, and move the guard when the e-mail address changes.
 * Without a change of address it is a transaction of one, at twice the price of an update, for one path of errors.
 */
export function replacement(table: string, stored: StoredUser, change: UserChange): Write[] {
  const update: Write = {
    Update: {
      TableName: table,
      Key: userKey(stored.user.id),
      UpdateExpression: 'SET email = :email, #name = :name, updatedAt = :updatedAt, version = :next',
      ConditionExpression: 'version = :version',
      ExpressionAttributeNames: { '#name': 'name' },
      ExpressionAttributeValues: {
        ':email': change.email,
        ':name': change.name,
        ':updatedAt': change.updatedAt,
        ':version': stored.version,
        ':next': stored.version + 1,
      },
    },
  };
  if (change.email === stored.user.email) return [update];
  return [update, takeEmail(table, change.email, stored.user.id), freeEmail(table, stored)];
}

/** The writes that remove a user that is still as it was read, and free its e-mail address. */
export function removal(table: string, stored: StoredUser): Write[] {
  const condition = { ConditionExpression: 'version = :v', ExpressionAttributeValues: { ':v': stored.version } };
  return [{ Delete: { TableName: table, Key: userKey(stored.user.id), ...condition } }, freeEmail(table, stored)];
}
