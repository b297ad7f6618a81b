import type { RouteHandler } from '@shared/http/route-table';
import { parse } from '@shared/validation/parse';
import type { UsersDependencies } from './dependencies.ts';
import { userInput, userParams } from './schema.ts';

/** `PUT /users/{id}`: replaces e-mail address and name; 404 without such a user, 409 when the address is taken. */
export function updateUser({ users, now }: Pick<UsersDependencies, 'users' | 'now'>): RouteHandler {
  return async (request) => {
    const { id } = parse(userParams, request.params);
    const input = parse(userInput, request.json());
    const user = await users.update(id, { ...input, updatedAt: now().toISOString() });
    return { status: 200, data: user };
  };
}
