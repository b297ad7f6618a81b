import type { RouteHandler } from '@shared/http/route-table';
import { parse } from '@shared/validation/parse';
import type { UsersDependencies } from './dependencies.ts';
import { userParams } from './schema.ts';
import { noSuchUser } from './user-errors.ts';

/** `GET /users/{id}`: the user, or 404. */
export function getUser({ users }: Pick<UsersDependencies, 'users'>): RouteHandler {
  return async (request) => {
    const user = await users.find(parse(userParams, request.params).id);
    if (user === undefined) throw noSuchUser();
    return { status: 200, data: user };
  };
}
