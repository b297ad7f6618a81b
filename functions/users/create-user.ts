import type { CallerRequest } from '@shared/http/api-request';
import type { RouteHandler } from '@shared/http/route-table';
import { parse } from '@shared/validation/parse';
import type { UsersDependencies } from './dependencies.ts';
import { userInput } from './schema.ts';

/**
 * `POST /users`: 201 with the user and its Location; 409 when the e-mail address is taken. It is the caller's own profile,
 * under the caller's user id, with 409 where it is there already; with `admin` it is somebody else's, with a new id.
 */
export function createUser({ users, now, newId, count }: UsersDependencies): RouteHandler<CallerRequest> {
  return async (request) => {
    const input = parse(userInput, request.json());
    const createdAt = now().toISOString();
    const { caller } = request;
    const id = caller.scopes.has('admin') ? newId() : caller.userId;
    const user = { id, ...input, createdAt, updatedAt: createdAt };
    await users.create(user);
    count('UsersCreated');
    return { status: 201, data: user, headers: { location: `${request.path}/${user.id}` } };
  };
}
