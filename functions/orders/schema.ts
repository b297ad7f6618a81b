import { minorUnitDigits, money, orderStatus } from '@shared/contracts/order-events';
import { ValidationError } from '@shared/errors/app-error';
import * as z from 'zod';

// With these limits a total stays below 2^53: sums of minor units are exact.
const limits = { lines: 100, quantity: 10_000, amount: 1_000_000_000 };

const uuid = z.string().toLowerCase().pipe(z.uuid('must be a UUID'));

const price = money
  .extend({
    amount: money.shape.amount.max(limits.amount, `must be at most ${limits.amount}`),
    currency: z.enum(Object.keys(minorUnitDigits), `must be one of ${Object.keys(minorUnitDigits).join(', ')}`),
  })
  .pipe(money);

const line = z.strictObject({
  sku: z.string().regex(/^[\w.-]{1,64}$/, 'must be 1 to 64 of letters, digits, "_", "." and "-"'),
  quantity: z.int().min(1).max(limits.quantity),
  unitPrice: price,
});

const lines = z
  .array(line)
  .min(1)
  .max(limits.lines)
  .refine((all) => new Set(all.map(({ unitPrice }) => unitPrice.currency)).size <= 1, {
    message: 'must all have one currency',
  });

const limit = z
  .string()
  .regex(/^\d{1,3}$/, 'must be a whole number')
  .transform(Number)
  .pipe(z.number().min(1).max(100));

/** What a caller sends to place an order: the caller's own where it says of no user. */
export const orderInput = z.strictObject({ userId: uuid.optional(), lines });

/** What a caller sends to replace an order's lines. */
export const linesInput = z.strictObject({ lines });

/** The path of one order; ids are lower case in the store. */
export const orderParams = z.object({ id: uuid });

/** The query of the list: a page of `limit` orders after `cursor`, of one user (the caller where neither is said) or in one status. */
export const listQuery = z
  .strictObject({
    userId: uuid.optional(),
    status: orderStatus.optional(),
    limit: limit.default(25),
    cursor: z.string().min(1).max(1024).optional(),
  })
  .refine(({ userId, status }) => userId === undefined || status === undefined, {
    path: ['status'],
    message: 'cannot be combined with userId',
  });

/** The form of an Idempotency-Key: 1 to 255 visible ASCII characters. */
export const idempotencyKeyForm = /^[\x21-\x7e]{1,255}$/;

/** Takes an Idempotency-Key header. @throws {ValidationError} unless it is 1 to 255 visible ASCII characters */
export function idempotencyKey(header: string | undefined): string | undefined {
  if (header === undefined || idempotencyKeyForm.test(header)) return header;
  throw new ValidationError([{ field: 'idempotency-key', message: 'must be 1 to 255 visible ASCII characters' }]);
}
