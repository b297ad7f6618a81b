import { requireScope } from '@shared/auth/caller';
import type { CallerRequest } from '@shared/http/api-request';
import type { ApiResponse } from '@shared/http/respond';
import type { RouteHandler } from '@shared/http/route-table';
import { parse } from '@shared/validation/parse';
import * as z from 'zod';
import type { UsersDependencies } from './dependencies.ts';
import { listQuery } from './schema.ts';
import type { UsersRepository } from './users-repository.ts';

const name = 'users';
const position = z.object({ createdAt: z.string(), id: z.string() });

async function listByEmail(users: UsersRepository, email: string): Promise<ApiResponse> {
  const user = await users.findByEmail(email);
  return { status: 200, data: { items: user === undefined ? [] : [user] } };
}

/**
 * `GET /users`: a page of users, oldest first, with `nextCursor` while there are more; or those with `email`. Whoever it
 * lists are others than the caller: 403 without `admin`.
 */
export function listUsers({ users, tokens }: Pick<UsersDependencies, 'users' | 'tokens'>): RouteHandler<CallerRequest> {
  return async (request) => {
    requireScope(request.caller, 'admin');
    const { limit, cursor, email } = parse(listQuery, request.query);
    if (email !== undefined) return listByEmail(users, email);
    const after = cursor === undefined ? undefined : (await tokens(cursor)).decode(name, cursor, position);
    const { items, next } = await users.list(limit, after);
    if (next === undefined) return { status: 200, data: { items } };
    return { status: 200, data: { items, nextCursor: (await tokens()).encode(name, next) } };
  };
}
