import type { RouteHandler } from '@shared/http/route-table';
import { parse } from '@shared/validation/parse';
import type { UsersDependencies } from './dependencies.ts';
import { userInput } from './schema.ts';

/** `POST /users`: 201 with the user and its Location; 409 when the e-mail address is taken. */
export function createUser({ users, now, newId, count }: UsersDependencies): RouteHandler {
  return async (request) => {
    const input = parse(userInput, request.json());
    const createdAt = now().toISOString();
    const user = { id: newId(), ...input, createdAt, updatedAt: createdAt };
    await users.create(user);
    count('UsersCreated');
    return { status: 201, data: user, headers: { location: `${request.path}/${user.id}` } };
  };
}
