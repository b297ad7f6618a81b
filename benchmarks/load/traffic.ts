import autocannon from 'autocannon';
import { randomUUID } from 'node:crypto';
import { isObject, objectAt, parseJson, stringAt } from '../../tools/lib/json.ts';

/** What a customer does, in turn, and what is to be answered. */
const steps = [
  { name: 'create a user', method: 'POST', expected: 201 },
  { name: 'place an order', method: 'POST', expected: 201 },
  { name: 'pay it', method: 'POST', expected: 200 },
  { name: 'read it', method: 'GET', expected: 200 },
  { name: 'list the orders', method: 'GET', expected: 200 },
] as const;

export interface TrafficOptions {
  /** The address of the API, without a slash at the end. */
  readonly url: string;
  /** One that allows everything, for as long as it lasts. */
  readonly token: string;
  /** How long it goes on, or how many requests it is. */
  readonly until: { readonly seconds: number } | { readonly requests: number };
  readonly connections: number;
}

/** What the traffic was answered with. */
export interface Traffic {
  readonly requests: number;
  readonly orders: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** What went wrong: an answer of another status than the step's, with its body, and connections that broke. */
  readonly errors: readonly string[];
}

/** Customers, each on a connection of its own, who do what a customer does over and over. */
export async function runTraffic({ url, token, until, connections }: TrafficOptions): Promise<Traffic> {
  const errors: string[] = [];
  let orders = 0;
  const { pathname } = new URL(url);
  const common = { 'content-type': 'application/json', authorization: `Bearer ${token}` };

  const idOf = (body: string): string => {
    const parsed = parseJson(body);
    return isObject(parsed) ? (stringAt(objectAt(parsed, 'data'), 'id') ?? '') : '';
  };
  const known = (context: object, name: string): string => String(new Map(Object.entries(context)).get(name));
  const pathOf = (at: number, context: object): string =>
    [
      '/users',
      '/orders',
      `/orders/${known(context, 'orderId')}/pay`,
      `/orders/${known(context, 'orderId')}`,
      `/orders?userId=${known(context, 'userId')}`,
    ][at] ?? '';
  const bodyOf = (at: number, context: object): object | undefined => {
    const unitPrice = { amount: 1_299, currency: 'EUR' };
    if (at === 0) return { email: `${randomUUID()}@example.com`, name: 'Ada' };
    if (at === 1) return { userId: known(context, 'userId'), lines: [{ sku: 'PERCH-01', quantity: 2, unitPrice }] };
    return undefined;
  };

  const result = await autocannon({
    url,
    ...('seconds' in until ? { duration: until.seconds } : { amount: until.requests }),
    connections,
    timeout: 30,
    requests: steps.map(({ name, method, expected }, at) => ({
      method,
      path: pathname,
      headers: common,
      setupRequest: (request, context) => {
        const body = bodyOf(at, context);
        const path = `${pathname}${pathOf(at, context)}`;
        return body === undefined ? { ...request, path } : { ...request, path, body: JSON.stringify(body) };
      },
      onResponse: (status, body, context) => {
        if (status !== expected) errors.push(`${name}: ${status} ${body}`);
        else if (at === 0) Object.assign(context, { userId: idOf(body) });
        else if (at === 1) {
          Object.assign(context, { orderId: idOf(body) });
          orders += 1;
        }
      },
    })),
  });
  if (result.errors > 0) errors.push(`${result.errors} connections broke, ${result.timeouts} of them by time`);
  return {
    requests: result.requests.total,
    orders,
    perSecond: result.requests.total / result.duration,
    p50Ms: result.latency.p50,
    p99Ms: result.latency.p99,
    errors,
  };
}
