import { securityEventSchemaVersion } from '@shared/contracts/security-events';
import type { AuthorizerDependencies } from './dependencies.ts';
import type { RefusedTokenError } from './refused-token.ts';

/** Where a request came from, and what it is called in the logs. */
export interface Origin {
  readonly source: string;
  readonly correlationId: string;
}

/**
 * Tells the security stream of a token that was refused. Not of one whose time is over, as every client has them. It never
 * rejects: what goes wrong here changes no answer.
 */
export async function tellOfRefusal(
  { message, hasEnded }: RefusedTokenError,
  origin: Origin,
  { publish, newId, now, onProblem }: Omit<AuthorizerDependencies, 'issuers'>,
): Promise<void> {
  if (hasEnded) return;
  try {
    await publish({
      schemaVersion: securityEventSchemaVersion,
      eventId: newId(),
      type: 'authenticationFailed',
      occurredAt: now().toISOString(),
      ...origin,
      detail: message,
    });
  } catch (error) {
    onProblem('The security stream was not told of a refused token', error);
  }
}
