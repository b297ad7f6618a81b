import type { Routes } from '@shared/http/route-table';
import { createUser } from './create-user.ts';
import { deleteUser } from './delete-user.ts';
import type { UsersDependencies } from './dependencies.ts';
import { getUser } from './get-user.ts';
import { listUsers } from './list-users.ts';
import { updateUser } from './update-user.ts';

/** The routes of the users function, as the template writes them. */
export const usersRoutes = (dependencies: UsersDependencies): Routes => ({
  'GET /users': listUsers(dependencies),
  'POST /users': createUser(dependencies),
  'GET /users/{id}': getUser(dependencies),
  'PUT /users/{id}': updateUser(dependencies),
  'DELETE /users/{id}': deleteUser(dependencies),
});
