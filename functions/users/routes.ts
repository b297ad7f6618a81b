import type { Routes } from '@shared/http/route-table';
import { createUser } from './create-user.ts';
import { deleteUser } from './delete-user.ts';
import type { UsersDependencies } from './dependencies.ts';
import { getUser } from './get-user.ts';
import { listUsers } from './list-users.ts';
import { updateUser } from './update-user.ts';

/** The routes of the users function, as the template writes them. */
export const usersRoutes: Routes<UsersDependencies> = {
  'GET /users': { access: 'users:read', handle: listUsers },
  'POST /users': { access: 'users:write', handle: createUser },
  'GET /users/{id}': { access: 'users:read', handle: getUser },
  'PUT /users/{id}': { access: 'users:write', handle: updateUser },
  'DELETE /users/{id}': { access: 'users:write', handle: deleteUser },
};
