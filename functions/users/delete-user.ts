import type { RouteHandler } from '@shared/http/route-table';
import { parse } from '@shared/validation/parse';
import type { UsersDependencies } from './dependencies.ts';
import { userParams } from './schema.ts';

/** `DELETE /users/{id}`: 204, or 404 without such a user; the e-mail address is free again. */
export function deleteUser({ users }: Pick<UsersDependencies, 'users'>): RouteHandler {
  return async (request) => {
    await users.remove(parse(userParams, request.params).id);
    return { status: 204 };
  };
}
