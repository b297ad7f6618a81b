import type { EnvironmentSource } from '@shared/config/environment';
import { correlationHeader } from '@shared/observability/correlation-id';

/**
 * Lets the pages of the one origin in `CORS_ORIGIN` read an answer; without it no other origin's may. The value is fixed
 * and not the caller's own origin given back: so it needs no `vary`, and the gateway can say the same of what it refuses.
 * Nothing is said of credentials: callers send a token, and no cookie.
 */
export function corsHeaders(source: EnvironmentSource = process.env): Record<string, string> {
  const origin = source['CORS_ORIGIN'];
  if (origin === undefined || origin === '') return {};
  return {
    'access-control-allow-origin': origin,
    'access-control-expose-headers': `${correlationHeader}, location, retry-after`,
  };
}
