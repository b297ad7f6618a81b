import { actsFor } from '@shared/auth/caller';
import type { CallerRequest } from '@shared/http/api-request';
import { parse } from '@shared/validation/parse';
import { userParams } from './schema.ts';
import { noSuchUser } from './user-errors.ts';

/**
 * The id of the user that a path speaks of.
 * @throws {ValidationError} where it is no UUID
 * @throws {NotFoundError} where the user is not the caller's: whether there is one is not the caller's to know
 */
export function userIdIn({ params, caller }: CallerRequest): string {
  const { id } = parse(userParams, params);
  if (!actsFor(caller, id)) throw noSuchUser();
  return id;
}
