import { createHash } from 'node:crypto';
import type { OrderLine } from '@shared/orders/stored-event';

/**
 * The id of the order that a user places under an idempotency key: the same each time, so that the store's own
 * condition lets one of them through. A UUID of version 8 (RFC 9562): its bits are our own, here of a sha256.
 */
export function orderIdOf(userId: string, idempotencyKey: string): string {
  const hex = createHash('sha256').update(`${userId}\n${idempotencyKey}`).digest('hex');
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

/** What tells two requests under one idempotency key apart. */
export const requestDigest = (lines: readonly OrderLine[]): string =>
  createHash('sha256')
    .update(
      JSON.stringify(
        lines.map(({ sku, quantity, unitPrice }) => [sku, quantity, unitPrice.amount, unitPrice.currency]),
      ),
    )
    .digest('hex');
