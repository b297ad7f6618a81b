import { randomUUID } from 'node:crypto';
import type { User } from '../../../functions/users/users-repository.ts';

let made = 0;

/** A user that no other test has, created later than the ones made before it. */
export function aUser(parts: Partial<User> = {}): User {
  made += 1;
  const createdAt = new Date(Date.UTC(2025, 0, 1) + made * 1_000).toISOString();
  return {
    id: randomUUID(),
    email: `user-${made}@example.com`,
    name: `User ${made}`,
    createdAt,
    updatedAt: createdAt,
    ...parts,
  };
}
