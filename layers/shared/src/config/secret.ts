import type { SecretsLimits } from '@shared/config/secrets-client';
import { UnavailableError } from '@shared/errors/app-error';
import type { SecretsProvider } from '@aws-lambda-powertools/parameters/secrets';
import type * as z from 'zod';

/**
 * Fetches the text of a secret by its name; anything but text is a secret of another kind. A `fresh` one is asked for now,
 * whatever was kept.
 */
export type FetchSecret = (name: string, options?: { readonly fresh: boolean }) => Promise<unknown>;

/** A secret is not what its function needs; the message names it, and nothing ever says what is in it. */
export class SecretShapeError extends Error {
  override readonly name = 'SecretShapeError';
}

/** How long a value is used before it is asked for again, in seconds: so long may a changed secret take to arrive. */
const maxAge = 300;

/**
 * Fetches from Secrets Manager, and keeps each value for {@link maxAge}; call it once, outside the handler. What it is made
 * of is loaded at the first fetch: most invocations need no secret.
 */
export function secretsManager(limits?: SecretsLimits): FetchSecret {
  let provider: Promise<SecretsProvider> | undefined;
  return async (name, { fresh } = { fresh: false }) =>
    (await (provider ??= connect(limits))).get(name, { maxAge, forceFetch: fresh });
}

async function connect(limits: SecretsLimits | undefined): Promise<SecretsProvider> {
  const { secretsClient } = await import('@shared/config/secrets-client');
  const parameters = await import('@aws-lambda-powertools/parameters/secrets');
  return new parameters.SecretsProvider({ awsSdkV3Client: secretsClient(limits) });
}

/**
 * Reads a secret that is kept as JSON.
 * @throws {UnavailableError} when it cannot be fetched
 * @throws {SecretShapeError} when it is no JSON or not of the schema
 */
export async function readSecret<Schema extends z.ZodType>(
  name: string,
  schema: Schema,
  fetchSecret: FetchSecret,
): Promise<z.output<Schema>> {
  const text = await fetchSecret(name).catch((cause: unknown) => {
    throw new UnavailableError(`The secret ${name} cannot be fetched`, 5, { cause });
  });
  const result = schema.safeParse(parseSilently(text));
  if (result.success) return result.data;
  throw new SecretShapeError(`The secret ${name} is not of the documented shape`);
}

/** Not Powertools' own `transform: 'json'`: the message of JSON.parse repeats the text, which would then be logged. */
function parseSilently(text: unknown): unknown {
  try {
    return typeof text === 'string' ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}
