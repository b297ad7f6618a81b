// Needs the sample domain, and goes with it: aviary begin.
import { runTraffic } from '../../benchmarks/load/traffic.ts';
import { functionsIn, usageAtRest } from '../../benchmarks/load/usage.ts';
import { functionNames, useStage } from '../support/aviary-stage.ts';
import { apiAt } from '../support/http.ts';
import { everydayToken } from '../support/token.ts';
import { lambdaCost } from '../../tools/cost/prices.ts';

describe('load on the API', () => {
  const stage = useStage();

  it('is answered as it should be, each request of it, and reaches every function on the way of an order', async () => {
    const { endpoint } = stage().cloud;
    const url = await stage().apiUrl();
    // The gateway asks the authorizer once for a token, and keeps the answer.
    await apiAt(url)('GET', '/users');

    const traffic = await runTraffic({
      url,
      token: await everydayToken(),
      until: { requests: 50 },
      connections: 5,
    });

    const names = await functionsIn(endpoint);
    const usage = await usageAtRest(endpoint, names);
    const invocations = (name: string): number => usage.get(`aviary-${name}-local`)?.invocations ?? 0;
    expect(traffic.errors).toEqual([]);
    expect(traffic).toMatchObject({ requests: 50, orders: 5 });
    expect(names.sort()).toEqual(functionNames.map((name) => `aviary-${name}-local`));
    const asked = ['users', 'orders', 'analytics'].map(invocations);
    expect(Math.min(...asked)).toBeGreaterThanOrEqual(traffic.orders);
    expect(asked.reduce((all, one) => all + one)).toBeGreaterThanOrEqual(traffic.requests);
    for (const name of ['table-stream', 'notifications', 'order-stream']) expect(invocations(name)).toBeGreaterThan(0);
    expect([...usage.values()].map((it) => lambdaCost(it, 'arm64')).some((cost) => cost > 0)).toBe(true);
  });
});

describe('the cost of invocations', () => {
  it('is that of the requests and of the memory for as long as it was held', () => {
    const cost = lambdaCost({ invocations: 1_000_000, ms: 3_600_000, memoryMb: 512 }, 'arm64');

    // A dollar's fifth for the requests, 1,800 GB-seconds for the rest.
    expect(cost).toBeCloseTo(0.2 + 1_800 * 0.0000133334, 10);
  });
});
