import { randomUUID } from 'node:crypto';

/** What a customer knows of what it has made. */
export interface Known {
  readonly userId?: string;
  readonly orderId?: string;
}

/** One request of a customer. */
export interface Step {
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Below the address of the API. */
  readonly path: (known: Known) => string;
  readonly body?: (known: Known) => object;
  /** The status that it is to be answered with. */
  readonly expected: number;
  /** What the id in the answer is of. */
  readonly makes?: keyof Known;
}

const lineOf = (quantity: number): object => ({
  sku: 'PERCH-01',
  quantity,
  unitPrice: { amount: 1_299, currency: 'EUR' },
});
const order = ({ orderId = '' }: Known): string => `/orders/${orderId}`;

/** The query of the windows of an hour ago to those of the next hour. */
function aroundNow(): string {
  const at = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString();
  return new URLSearchParams({ from: at(-1), to: at(1) }).toString();
}

/**
 * What a customer does, in turn: half of it writes and half of it reads, and every route of the sample domain that an order
 * meets on its way is among it.
 */
export const steps: readonly Step[] = [
  {
    name: 'create a user',
    method: 'POST',
    path: () => '/users',
    body: () => ({ email: `${randomUUID()}@example.com`, name: 'Ada' }),
    expected: 201,
    makes: 'userId',
  },
  { name: 'read the user', method: 'GET', path: ({ userId = '' }) => `/users/${userId}`, expected: 200 },
  {
    name: 'place an order',
    method: 'POST',
    path: () => '/orders',
    body: ({ userId }) => ({ userId, lines: [lineOf(2)] }),
    expected: 201,
    makes: 'orderId',
  },
  {
    name: 'change its lines',
    method: 'PUT',
    path: (known) => `${order(known)}/lines`,
    body: () => ({ lines: [lineOf(3)] }),
    expected: 200,
  },
  { name: 'read it', method: 'GET', path: order, expected: 200 },
  { name: 'pay it', method: 'POST', path: (known) => `${order(known)}/pay`, expected: 200 },
  { name: 'list the orders', method: 'GET', path: ({ userId = '' }) => `/orders?userId=${userId}`, expected: 200 },
  { name: 'ship it', method: 'POST', path: (known) => `${order(known)}/ship`, expected: 200 },
  { name: 'list what is shipped', method: 'GET', path: () => '/orders?status=shipped', expected: 200 },
  { name: 'read the analytics', method: 'GET', path: () => `/analytics/orders?${aroundNow()}`, expected: 200 },
];
