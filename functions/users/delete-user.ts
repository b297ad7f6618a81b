import type { CallerRequest } from '@shared/http/api-request';
import type { RouteHandler } from '@shared/http/route-table';
import type { UsersDependencies } from './dependencies.ts';
import { userIdIn } from './user-of-request.ts';

/** `DELETE /users/{id}`: 204, or 404 without such a user, or one that is not the caller's; the e-mail address is free again. */
export function deleteUser({ users }: Pick<UsersDependencies, 'users'>): RouteHandler<CallerRequest> {
  return async (request) => {
    await users.remove(userIdIn(request));
    return { status: 204 };
  };
}
