import { randomUUID } from 'node:crypto';
import type { Order } from '../../functions/orders/order.ts';
import { useStage } from '../support/aviary-stage.ts';
import type { Answer, Api } from '../support/http.ts';
import { aLine } from '../support/runtime/an-order.ts';

describe('orders in the local cloud', () => {
  const stage = useStage();
  let api: Api;
  let userId: string;

  beforeAll(async () => {
    api = await stage().api();
    const body = { email: `${randomUUID()}@example.com`, name: 'Ada' };
    userId = (await api<{ id: string }>('POST', '/users', { body })).body.data.id;
  });

  const place = async (key: string = randomUUID()): Promise<Answer<Order>> =>
    api<Order>('POST', '/orders', { body: { userId, lines: [aLine()] }, headers: { 'idempotency-key': key } });
  const act = (id: string, action: string): Promise<Answer<Order>> => api<Order>('POST', `/orders/${id}/${action}`);

  it('live from being placed to being shipped, and cannot be cancelled then', async () => {
    const made = await place();
    const { id } = made.body.data;

    const lines = [aLine({ quantity: 3 }), aLine({ sku: 'SEED', quantity: 1 })];
    const changed = await api<Order>('PUT', `/orders/${id}/lines`, { body: { lines } });
    const paid = await act(id, 'pay');
    const shipped = await act(id, 'ship');
    const cancelled = await act(id, 'cancel');
    const found = await api<Order>('GET', `/orders/${id}`);

    expect(made.headers.get('location')).toBe(`/local/orders/${id}`);
    expect([made, changed, paid, shipped, cancelled, found].map(({ status }) => status)).toEqual([
      201, 200, 200, 200, 409, 200,
    ]);
    expect(changed.body.data).toMatchObject({ lines, total: { amount: 5196, currency: 'EUR' }, version: 2 });
    expect(cancelled.body).toMatchObject({
      success: false,
      error: { code: 'CONFLICT', details: [{ field: 'status' }] },
    });
    expect(found.body.data).toEqual(shipped.body.data);
    expect(found.body.data).toMatchObject({ status: 'shipped', version: 4 });
  });

  it('are placed once by twenty simultaneous requests with one idempotency key', async () => {
    const key = randomUUID();

    const answers = await Promise.all(Array.from({ length: 20 }, () => place(key)));

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers[0]?.body.data).toMatchObject({ version: 1, userId });
  });

  it('lose no update of fifty simultaneous requests', async () => {
    const { id } = (await place()).body.data;
    const quantities = Array.from({ length: 50 }, (_, at) => at + 1);

    const answers = await Promise.all(
      quantities.map((quantity) =>
        api<Order>('PUT', `/orders/${id}/lines`, { body: { lines: [aLine({ quantity })] } }),
      ),
    );

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    const versions = answers.map(({ body }) => body.data.version).sort((a, b) => a - b);
    expect(versions).toEqual(quantities.map((at) => at + 1));
    const last = answers.find(({ body }) => body.data.version === 51);
    await expect(api('GET', `/orders/${id}`)).resolves.toMatchObject({ body: { data: last?.body.data } });
  });

  it.each([
    ['a user that does not exist', { userId: randomUUID(), lines: [aLine()] }, 400, 'userId'],
    [
      'a currency that it does not take',
      { lines: [aLine({ unitPrice: { amount: 1, currency: 'XTS' as 'EUR' } })] },
      400,
      'lines.0.unitPrice.currency',
    ],
    [
      'a negative amount',
      { lines: [aLine({ unitPrice: { amount: -1, currency: 'EUR' } })] },
      400,
      'lines.0.unitPrice.amount',
    ],
    ['a field that it does not know', { lines: [aLine()], paid: true }, 400, 'paid'],
    ['a body of more than 256 KB', { lines: [aLine()], note: 'n'.repeat(300_000) }, 413, undefined],
  ])('refuse %s', async (_what, parts, status, field) => {
    const answer = await api('POST', '/orders', { body: { userId, ...parts } });

    expect(answer.status).toBe(status);
    expect(answer.body.error?.details?.[0]?.field).toBe(field);
  });

  it.each([
    ['JSON that is very deep', `{"lines":${'['.repeat(10_000)}${']'.repeat(10_000)}}`, 'lines.0'],
    ['JSON that ends too early', '{"lines":[', ''],
    ['bytes that are no UTF-8', Buffer.from('{"lines":"\xff\xfe"}', 'latin1'), 'lines'],
    ['a list', '[]', ''],
    ['a text for a quantity', JSON.stringify({ lines: [{ ...aLine(), quantity: '1' }] }), 'lines.0.quantity'],
  ])('refuse %s with 400 and the name of the field', async (_what, body, field) => {
    const answer = await api('POST', '/orders', { body });

    expect(answer).toMatchObject({ status: 400, body: { error: { code: 'VALIDATION_FAILED' } } });
    expect(answer.body.error?.details?.map((detail) => detail.field)).toContain(field);
  });

  it.each([
    ['a page that is too large', 'status=placed&limit=101', 'limit'],
    ['a page token that somebody has made up', 'status=placed&cursor=eyJjcmVhdGVkQXQiOiIyMDI1In0.AAAA', 'cursor'],
  ])('refuse %s', async (_what, query, field) => {
    const answer = await api('GET', `/orders?${query}`);

    expect(answer).toMatchObject({ status: 400, body: { error: { details: [{ field }] } } });
  });
});
