import { closest } from 'fastest-levenshtein';
import { Failure } from '../lib/failure.ts';

/** The scopes of the API, as layers/shared/src/auth/scopes.ts has them; a test holds one to the other. */
export const scopes = [
  'users:read',
  'users:write',
  'orders:read',
  'orders:write',
  'orders:ship',
  'analytics:read',
  'admin',
] as const;

/** @throws Failure for a word that is no scope, with the nearest one */
export function readScopes(words: readonly string[]): readonly string[] {
  const unknown = words.find((word) => !scopes.some((scope) => scope === word));
  if (unknown === undefined) return words;
  throw new Failure(
    `There is no scope ${unknown}.`,
    `Did you mean ${closest(unknown, scopes)}? There are ${scopes.join(', ')}.`,
  );
}
