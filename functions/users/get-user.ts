import type { CallerRequest } from '@shared/http/api-request';
import type { RouteHandler } from '@shared/http/route-table';
import type { UsersDependencies } from './dependencies.ts';
import { noSuchUser } from './user-errors.ts';
import { userIdIn } from './user-of-request.ts';

/** `GET /users/{id}`: the user, or 404; so too for one that is not the caller's. */
export function getUser({ users }: Pick<UsersDependencies, 'users'>): RouteHandler<CallerRequest> {
  return async (request) => {
    const user = await users.find(userIdIn(request));
    if (user === undefined) throw noSuchUser();
    return { status: 200, data: user };
  };
}
