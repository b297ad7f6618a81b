import type { ApiResponse } from '@shared/http/respond';
import type { RouteHandler } from '@shared/http/route-table';
import { parse } from '@shared/validation/parse';
import type { UsersDependencies } from './dependencies.ts';
import { decodeCursor, encodeCursor } from './page-cursor.ts';
import { listQuery } from './schema.ts';
import type { UsersRepository } from './users-repository.ts';

async function listByEmail(users: UsersRepository, email: string): Promise<ApiResponse> {
  const user = await users.findByEmail(email);
  return { status: 200, data: { items: user === undefined ? [] : [user] } };
}

/** `GET /users`: a page of users, oldest first, with `nextCursor` while there are more; or those with `email`. */
export function listUsers({ users }: Pick<UsersDependencies, 'users'>): RouteHandler {
  return async (request) => {
    const { limit, cursor, email } = parse(listQuery, request.query);
    if (email !== undefined) return listByEmail(users, email);
    const { items, next } = await users.list(limit, cursor === undefined ? undefined : decodeCursor(cursor));
    return { status: 200, data: next === undefined ? { items } : { items, nextCursor: encodeCursor(next) } };
  };
}
