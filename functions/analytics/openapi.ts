import { money } from '@shared/contracts/order-events';
import type { ApiDescription } from '@shared/http/api-description';
import * as z from 'zod';
import { windowsQuery } from './schema.ts';

const minorUnits = z.int().min(0);
const revenue = z.object({
  currency: money.shape.currency,
  orders: z.int().min(1),
  revenue: minorUnits,
  average: minorUnits,
});
const window = z.object({
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  orders: z.int().min(0),
  currencies: z.array(revenue),
});
const page = z.object({ items: z.array(window), nextFrom: z.iso.datetime().optional() });

/** What the OpenAPI document says of the analytics. */
export const api: ApiDescription = {
  responseSchemas: { OrderWindowPage: page },
  routes: {
    'GET /analytics/orders': {
      summary: 'List the windows of five minutes in which orders were placed',
      description:
        'Oldest first, with revenue and average in minor units of each currency. A page covers 24 hours; while there is more to come, `nextFrom` is the `from` of the next one.',
      query: windowsQuery,
      responses: {
        200: {
          description: 'A page',
          data: page,
          example: {
            items: [
              {
                from: '2025-06-01T12:00:00.000Z',
                to: '2025-06-01T12:05:00.000Z',
                orders: 2,
                currencies: [{ currency: 'EUR', orders: 2, revenue: 5196, average: 2598 }],
              },
            ],
          },
        },
      },
      errors: [400, 503],
    },
  },
};
