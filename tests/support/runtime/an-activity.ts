import { randomUUID } from 'node:crypto';
import type { SecurityEvent } from '@shared/contracts/security-events';
import type { UserActivity } from '@shared/contracts/user-activity';

/** A login that no other test has. */
export const aLogin = (parts: Partial<Omit<UserActivity, 'type' | 'feature'>> = {}): UserActivity => ({
  schemaVersion: 1,
  eventId: randomUUID(),
  type: 'login',
  occurredAt: '2025-06-01T12:01:30.000Z',
  correlationId: 'correlation-1',
  userId: randomUUID(),
  ...parts,
});

/** A security event that no other test has: an authentication that failed. */
export const aSecurityEvent = (parts: Partial<SecurityEvent> = {}): SecurityEvent => ({
  schemaVersion: 1,
  eventId: randomUUID(),
  type: 'authenticationFailed',
  occurredAt: '2025-06-01T12:01:30.000Z',
  correlationId: 'correlation-1',
  source: '203.0.113.10',
  ...parts,
});
