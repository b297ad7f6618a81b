import autocannon from 'autocannon';
import { isObject, objectAt, parseJson, stringAt } from '../../tools/lib/json.ts';
import { steps, type Known } from './customer.ts';

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
  /** What the customer of a connection knows, from the first step of a turn to its last. */
  const knownIn = (context: object): Known => context;

  const result = await autocannon({
    url,
    ...('seconds' in until ? { duration: until.seconds } : { amount: until.requests }),
    connections,
    timeout: 30,
    requests: steps.map(({ name, method, path, body, expected, makes }) => ({
      method,
      path: pathname,
      headers: common,
      setupRequest: (request, context) => {
        const known = knownIn(context);
        const own = { ...request, path: `${pathname}${path(known)}` };
        return body === undefined ? own : { ...own, body: JSON.stringify(body(known)) };
      },
      onResponse: (status, text, context) => {
        if (status !== expected) errors.push(`${name}: ${status} ${text}`);
        else if (makes !== undefined) {
          Object.assign(context, { [makes]: idOf(text) });
          if (makes === 'orderId') orders += 1;
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
