import { ConflictError, NotFoundError, UnavailableError, ValidationError } from '@shared/errors/app-error';
import { ConditionsFailedError } from '@shared/dynamodb/table-errors';
import { DynamoDBServiceException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { dynamoDbUsers } from '../../../../functions/users/dynamodb-users.ts';
import { userItem } from '../../../../functions/users/user-items.ts';
import type { UsersRepository } from '../../../../functions/users/users-repository.ts';
import { aUser } from '../../../support/runtime/a-user.ts';

interface Sent {
  readonly constructor: { readonly name: string };
  readonly input: Record<string, unknown>;
}

/** A client that answers each call with the next of `answers`, an Error by throwing it. */
function scripted(...answers: unknown[]): { users: UsersRepository; sent: Sent[] } {
  const sent: Sent[] = [];
  const send = (command: Sent): Promise<unknown> => {
    const answer = answers[sent.length];
    sent.push(command);
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer ?? {});
  };
  return { users: dynamoDbUsers({ send } as unknown as DynamoDBDocumentClient, 'table'), sent };
}

const cancelled = (...codes: string[]): TransactionCanceledException =>
  new TransactionCanceledException({
    message: 'cancelled',
    $metadata: {},
    CancellationReasons: codes.map((Code) => ({ Code })),
  });
const conflict = cancelled('None', 'TransactionConflict');

describe('users in DynamoDB, when the table does not simply answer', () => {
  it('tries a create again after a collision of transactions', async () => {
    const { users, sent } = scripted(conflict, conflict, {});

    await users.create(aUser());

    expect(sent).toHaveLength(3);
  });

  it('gives up as unavailable when collisions do not end', async () => {
    const { users, sent } = scripted(...Array.from({ length: 9 }, () => conflict));

    await expect(users.create(aUser())).rejects.toBeInstanceOf(UnavailableError);

    expect(sent).toHaveLength(6);
  });

  it('takes a failed condition on the guard for an e-mail address that is taken, and asks once', async () => {
    const { users, sent } = scripted(cancelled('None', 'ConditionalCheckFailed'));

    await expect(users.create(aUser())).rejects.toBeInstanceOf(ConflictError);

    expect(sent).toHaveLength(1);
  });

  it('does not repeat what the SDK has repeated: a throttled write is unavailable at once', async () => {
    const throttled = new DynamoDBServiceException({ name: 'ThrottlingException', $fault: 'client', $metadata: {} });
    const { users, sent } = scripted(throttled);

    await expect(users.create(aUser())).rejects.toBeInstanceOf(UnavailableError);

    expect(sent).toHaveLength(1);
  });

  it('reads a user again when it changed between read and write', async () => {
    const user = aUser();
    const item = userItem(user);
    const stale = cancelled('ConditionalCheckFailed');
    const { users, sent } = scripted({ Item: item }, stale, { Item: { ...item, version: 2 } }, {});

    await users.update(user.id, { email: user.email, name: 'New', updatedAt: user.updatedAt });

    expect(sent[3]?.input).toMatchObject({
      TransactItems: [{ Update: { ExpressionAttributeValues: { ':version': 2, ':next': 3 } } }],
    });
  });

  it('finds that the user is gone when it was removed between read and write', async () => {
    const user = aUser();
    const { users } = scripted({ Item: userItem(user) }, cancelled('ConditionalCheckFailed', 'None'), {});

    await expect(users.remove(user.id)).rejects.toBeInstanceOf(NotFoundError);
  });

  it('calls an e-mail address that cannot be freed a fault of ours and no conflict', async () => {
    const user = aUser();
    const { users } = scripted({ Item: userItem(user) }, cancelled('None', 'ConditionalCheckFailed'));

    await expect(users.remove(user.id)).rejects.toBeInstanceOf(ConditionsFailedError);
  });

  it('moves the guard in the same transaction as the user', async () => {
    const user = aUser();
    const { users, sent } = scripted({ Item: userItem(user) }, {});

    await users.update(user.id, { email: 'moved@example.com', name: user.name, updatedAt: user.updatedAt });

    expect(sent[1]?.input).toMatchObject({
      TransactItems: [
        { Update: { Key: { pk: `USER#${user.id}` }, ConditionExpression: 'version = :version' } },
        { Put: { Item: { pk: 'EMAIL#moved@example.com' }, ConditionExpression: 'attribute_not_exists(pk)' } },
        { Delete: { Key: { pk: `EMAIL#${user.email}` }, ConditionExpression: 'userId = :id' } },
      ],
    });
  });

  it('finds nobody under an e-mail address that the user has just left', async () => {
    const user = aUser();
    const { users } = scripted({ Item: { userId: user.id } }, { Item: userItem(user) });

    await expect(users.findByEmail('left@example.com')).resolves.toBeUndefined();
  });

  it('reads by id and by e-mail address with strong consistency', async () => {
    const user = aUser();
    const { users, sent } = scripted({ Item: { userId: user.id } }, { Item: userItem(user) });

    await users.findByEmail(user.email);

    expect(sent.map(({ input }) => input['ConsistentRead'])).toEqual([true, true]);
  });

  it('calls a stored item of another shape a fault of ours and not of the caller', async () => {
    const { users } = scripted({ Item: { id: 7 } });

    const failure: unknown = await users.find(aUser().id).catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(Error);
    expect(failure).not.toBeInstanceOf(ValidationError);
  });

  it('goes on after a page that the table cut short', async () => {
    const user = aUser();
    const { users } = scripted({ Items: [userItem(user)], LastEvaluatedKey: { pk: 'x' } });

    await expect(users.list(25)).resolves.toEqual({ items: [user], next: { createdAt: user.createdAt, id: user.id } });
  });
});
