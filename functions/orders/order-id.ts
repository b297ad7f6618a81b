import { createHash } from 'node:crypto';
import { nameBasedUuid } from '@shared/identifiers/name-based-uuid';
import type { OrderLine } from '@shared/orders/stored-event';

/**
 * The id of the order that a user places under an idempotency key: the same each time, so that the store's own
 * condition lets one of them through.
 */
export const orderIdOf = (userId: string, idempotencyKey: string): string =>
  nameBasedUuid(`${userId}\n${idempotencyKey}`);

/** What tells two requests under one idempotency key apart. */
export const requestDigest = (lines: readonly OrderLine[]): string =>
  createHash('sha256')
    .update(
      JSON.stringify(
        lines.map(({ sku, quantity, unitPrice }) => [sku, quantity, unitPrice.amount, unitPrice.currency]),
      ),
    )
    .digest('hex');
