import { orderNumbers } from '@shared/orders/order-numbers';
import { analyticsRoutes } from '../../../../functions/analytics/routes.ts';
import { apiEvent, envelopeOf } from '../../../support/runtime/api-event.ts';
import { documentedApi } from '../../../support/runtime/documented-api.ts';
import { lambdaContext } from '../../../support/runtime/lambda-context.ts';
import { memoryTallies } from '../../../support/runtime/memory-tallies.ts';
import { recordedTelemetry } from '../../../support/runtime/recorded-telemetry.ts';

interface Page {
  readonly items: { readonly from: string }[];
  readonly nextFrom?: string;
}

const resource = '/analytics/orders';
const orders = memoryTallies(() => 0);
const handler = documentedApi(analyticsRoutes, { orders }, recordedTelemetry());
const ask = (query: Record<string, string>) => handler(apiEvent({ resource, query }), lambdaContext());

describe('GET /analytics/orders', () => {
  beforeAll(() =>
    orders.add('shard', [
      ...[1_000, 1_001].map((amount) => ({
        onceId: String(amount),
        window: '2025-06-01T12:00:00.000Z',
        numbers: orderNumbers({ amount, currency: 'EUR' }),
      })),
      ...['2025-06-02T11:55:00.000Z', '2025-06-02T12:00:00.000Z', '2025-06-02T13:00:00.000Z'].map((window) => ({
        onceId: window,
        window,
        numbers: orderNumbers({ amount: 500, currency: 'JPY' }),
      })),
    ]),
  );

  it('answers the windows in which orders were placed, with count, revenue and average', async () => {
    const result = await ask({ from: '2025-06-01T12:00:00Z', to: '2025-06-01T13:00:00Z' });

    expect(envelopeOf(result)).toEqual({
      success: true,
      data: {
        items: [
          {
            from: '2025-06-01T12:00:00.000Z',
            to: '2025-06-01T12:05:00.000Z',
            orders: 2,
            currencies: [{ currency: 'EUR', orders: 2, revenue: 2_001, average: 1_001 }],
          },
        ],
      },
    });
  });

  it('answers 24 hours a page, and each window on one page', async () => {
    const to = '2025-06-02T13:02:00Z';

    const first = envelopeOf<Page>(await ask({ from: '2025-06-01T12:03:00Z', to })).data;
    const second = envelopeOf<Page>(await ask({ from: first?.nextFrom ?? '', to })).data;

    expect(first).toMatchObject({
      items: [{ from: '2025-06-01T12:00:00.000Z' }, { from: '2025-06-02T11:55:00.000Z' }],
      nextFrom: '2025-06-02T12:00:00.000Z',
    });
    expect(second?.items.map(({ from }) => from)).toEqual(['2025-06-02T12:00:00.000Z']);
    expect(second).not.toHaveProperty('nextFrom');
  });

  it.each([
    ['nothing', {}, ['from', 'to']],
    ['a time that is none', { from: 'yesterday', to: '2025-06-01T12:00:00Z' }, ['from']],
    ['a time of another zone', { from: '2025-06-01T12:00:00+02:00', to: '2025-06-01T12:00:00Z' }, ['from']],
    ['an end before its start', { from: '2025-06-02T12:00:00Z', to: '2025-06-01T12:00:00Z' }, ['to']],
    ['less than a window', { from: '2025-06-01T12:00:00Z', to: '2025-06-01T12:04:00Z' }, ['to']],
    ['more than 31 days', { from: '2025-06-01T12:00:00Z', to: '2025-07-02T12:05:00Z' }, ['to']],
    ['an unknown parameter', { from: '2025-06-01T12:00:00Z', to: '2025-06-01T13:00:00Z', page: '2' }, ['page']],
  ])('refuses %s', async (_what, query, fields) => {
    const result = await ask(query);

    expect(result.statusCode).toBe(400);
    expect(envelopeOf(result).error?.details?.map(({ field }) => field)).toEqual(fields);
  });
});
