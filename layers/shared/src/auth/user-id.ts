import { nameBasedUuid } from '@shared/identifiers/name-based-uuid';
import * as z from 'zod';

const uuid = z.uuid();

/**
 * The user id of a token's subject: the subject itself where it is a UUID, in lower case, else one that is made of issuer
 * and subject, so that two issuers with the same subject mean two users.
 */
export function userIdOf(issuer: string, subject: string): string {
  const given = subject.toLowerCase();
  return uuid.safeParse(given).success ? given : nameBasedUuid(`${issuer}\n${subject}`);
}
