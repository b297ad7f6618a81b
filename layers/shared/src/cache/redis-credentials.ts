import { readSecret, secretsManager } from '@shared/config/secret';
import * as z from 'zod';

const secret = z.object({ username: z.string().min(1), password: z.string().min(1) });

/** What a Redis is told by who connects: `{username, password}`. */
export type RedisCredentials = z.output<typeof secret>;

/**
 * Reads them from the secret of that name, which has them as JSON. The answer that waits for this waits 800 ms at most.
 * @throws {UnavailableError} when it cannot be fetched
 * @throws {SecretShapeError} when it is something else
 */
export async function readRedisCredentials(
  secretName: string,
  fetchSecret = secretsManager({ connectionTimeout: 300, requestTimeout: 500, maxAttempts: 1 }),
): Promise<RedisCredentials> {
  return await readSecret(secretName, secret, fetchSecret);
}
