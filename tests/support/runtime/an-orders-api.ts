import { randomUUID } from 'node:crypto';
import type { MetricName } from '@shared/observability/metrics';
import { viewOf } from '@shared/orders/order-view';
import { firstGeneration } from '@shared/orders/projection-pointer';
import type { StoredEvent } from '@shared/orders/stored-event';
import { pageTokens } from '@shared/pagination/page-token';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { OrdersDependencies } from '../../../functions/orders/dependencies.ts';
import type { OrderLists } from '../../../functions/orders/order-lists.ts';
import type { Order } from '../../../functions/orders/order.ts';
import { ordersRoutes } from '../../../functions/orders/routes.ts';
import { settings } from '../../../functions/orders/settings.ts';
import { apiEvent, envelopeOf, type RequestSpec } from './api-event.ts';
import { documentedApi } from './documented-api.ts';
import { lambdaContext } from './lambda-context.ts';
import { memoryEvents, memorySnapshots } from './memory-events.ts';
import { memoryReadModel } from './memory-read-model.ts';
import { recordedTelemetry } from './recorded-telemetry.ts';
import { someKeys } from './some-keys.ts';

/** A request for one order, or for what is done to it: `oneOrder(id, '/pay')`. */
export const oneOrder = (id: string, action = ''): RequestSpec => ({
  resource: `/orders/{id}${action}`,
  params: { id },
});

/** The order that an answer has. */
export const orderOf = (result: APIGatewayProxyResult): Order | undefined => envelopeOf<Order>(result).data;

/** The orders function over stores in memory, and what it did. */
export interface OrdersUnderTest {
  readonly send: (event: APIGatewayProxyEvent) => Promise<APIGatewayProxyResult>;
  readonly call: (spec: RequestSpec) => Promise<APIGatewayProxyResult>;
  readonly stored: readonly StoredEvent[];
  readonly counted: MetricName[];
  readonly problems: string[];
}

/** Makes the orders function, for which every user exists; `parts` take the place of what it needs. */
export function anOrdersApi(
  existing: readonly StoredEvent[] = [],
  parts: Partial<OrdersDependencies> = {},
): OrdersUnderTest {
  const events = memoryEvents(existing);
  const counted: MetricName[] = [];
  const problems: string[] = [];
  let seconds = 0;
  const dependencies: OrdersDependencies = {
    events,
    snapshots: memorySnapshots(),
    lists: neverBehind(events.all),
    userExists: () => Promise.resolve(true),
    tokens: () => Promise.resolve(pageTokens(someKeys('the-key-of-the-tests'))),
    settings: () => Promise.resolve({ maxLines: settings.maxLines.fallback }),
    now: () => new Date(Date.UTC(2025, 5, 1) + (seconds += 1) * 1_000),
    newId: randomUUID,
    count: (metric) => counted.push(metric),
    onProblem: (message) => problems.push(message),
    ...parts,
  };
  const handler = documentedApi(ordersRoutes, dependencies, recordedTelemetry());
  const send = (event: APIGatewayProxyEvent) => handler(event, lambdaContext());
  const call = (spec: RequestSpec) => send(apiEvent({ resource: '/orders', ...spec }));
  return { send, call, stored: events.all, counted, problems };
}

/** Lists that are made from the events whenever they are asked for. */
function neverBehind(events: readonly StoredEvent[]): OrderLists {
  return {
    list: async (...query) => {
      const { views, lists } = memoryReadModel();
      for (const event of events) await views.put(firstGeneration, viewOf(event));
      return lists.list(...query);
    },
  };
}
