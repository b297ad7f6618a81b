import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { orderIdOf, requestDigest } from '../../../../functions/orders/order-id.ts';
import { aLine } from '../../../support/runtime/an-order.ts';

describe('the id of an order placed under a key', () => {
  const userId = randomUUID();

  it('is the same each time, and a UUID as the contract wants it', () => {
    const ids = Array.from({ length: 200 }, (_, at) => orderIdOf(userId, `key-${at}`));

    expect(ids).toEqual(Array.from({ length: 200 }, (_, at) => orderIdOf(userId, `key-${at}`)));
    expect(ids.filter((id) => !z.uuid().safeParse(id).success)).toEqual([]);
    expect(new Set(ids).size).toBe(200);
  });

  it('is another one for another user', () => {
    expect(orderIdOf(randomUUID(), 'key')).not.toBe(orderIdOf(userId, 'key'));
  });
});

describe('the digest of a request', () => {
  it('does not depend on the order of the fields, and on every value', () => {
    const line = aLine();
    const { sku, quantity, unitPrice } = line;

    expect(requestDigest([{ unitPrice, quantity, sku }])).toBe(requestDigest([line]));
    for (const other of [
      aLine({ sku: 'X' }),
      aLine({ quantity: 9 }),
      aLine({ unitPrice: { amount: 1, currency: 'EUR' } }),
    ])
      expect(requestDigest([other])).not.toBe(requestDigest([line]));
  });
});
