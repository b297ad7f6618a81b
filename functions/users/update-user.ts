import type { CallerRequest } from '@shared/http/api-request';
import type { RouteHandler } from '@shared/http/route-table';
import { parse } from '@shared/validation/parse';
import type { UsersDependencies } from './dependencies.ts';
import { userInput } from './schema.ts';
import { userIdIn } from './user-of-request.ts';

/**
 * `PUT /users/{id}`: replaces e-mail address and name; 404 without such a user, or one that is not the caller's, 409 when
 * the address is taken.
 */
export function updateUser({ users, now }: Pick<UsersDependencies, 'users' | 'now'>): RouteHandler<CallerRequest> {
  return async (request) => {
    const id = userIdIn(request);
    const input = parse(userInput, request.json());
    const user = await users.update(id, { ...input, updatedAt: now().toISOString() });
    return { status: 200, data: user };
  };
}
