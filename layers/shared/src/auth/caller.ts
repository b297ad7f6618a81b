import { isScope, type Scope } from '@shared/auth/scopes';
import { ForbiddenError, UnauthorizedError } from '@shared/errors/app-error';
import * as z from 'zod';

/** Who calls, as the authorizer has proved it. */
export interface Caller {
  /** A UUID: the key of the caller's own user and orders. */
  readonly userId: string;
  /** `sub` of the token, which means something together with its issuer alone. */
  readonly subject: string;
  readonly issuer: string;
  readonly scopes: ReadonlySet<Scope>;
  /** When the token ends, in seconds since 1970. */
  readonly expiresAt: number;
}

/** So much may two clocks differ when the times of a token are judged, in seconds. */
export const clockSkewSeconds = 30;

/** The text that API Gateway hands from the authorizer to a function: it carries no lists. */
export type CallerContext = Readonly<Record<'sub' | 'userId' | 'iss' | 'scopes' | 'exp', string>>;

/** What the authorizer says of a caller; {@link provedCaller} reads it. */
export const callerContext = ({ subject, userId, issuer, scopes, expiresAt }: Caller): CallerContext => ({
  sub: subject,
  userId,
  iss: issuer,
  scopes: [...scopes].join(' '),
  exp: String(expiresAt),
});

const context = z.object({
  sub: z.string().min(1),
  userId: z.uuid(),
  iss: z.string().min(1),
  scopes: z.string().transform((text) => new Set(text.split(' ').filter(isScope))),
  exp: z.string().regex(/^\d+$/).transform(Number),
});

/**
 * Reads who calls from `requestContext.authorizer`. The gateway keeps the authorizer's answer for minutes, so whether the
 * token has ended since is asked here, each time.
 * @throws {UnauthorizedError} where no authorizer has said who calls, or the token has ended
 */
export function provedCaller(authorizer: unknown): Caller {
  const { success, data } = context.safeParse(authorizer);
  if (!success) throw new UnauthorizedError('No authorizer has said who calls');
  const { sub: subject, userId, iss: issuer, scopes, exp: expiresAt } = data;
  if (expiresAt + clockSkewSeconds <= Date.now() / 1_000) throw new UnauthorizedError('The token has ended');
  return { subject, userId, issuer, scopes, expiresAt };
}

/** @throws {ForbiddenError} unless the caller's token has the scope */
export function requireScope({ scopes }: Caller, scope: Scope): void {
  if (scopes.has(scope)) return;
  throw new ForbiddenError('A scope is missing', [{ field: 'scope', message: `${scope} is needed` }]);
}

/** Says whether what belongs to a user is the caller's to read and to change: one's own, or anybody's with `admin`. */
export const actsFor = ({ userId, scopes }: Caller, owner: string): boolean => owner === userId || scopes.has('admin');
