import { requireScope } from '@shared/auth/caller';
import type { CallerRequest } from '@shared/http/api-request';
import type { RouteHandler } from '@shared/http/route-table';
import { parse } from '@shared/validation/parse';
import { checkLines } from './check-lines.ts';
import type { OrdersDependencies } from './dependencies.ts';
import { keyReused, noSuchUser, VersionTakenError } from './order-errors.ts';
import { orderIdOf, requestDigest } from './order-id.ts';
import { replay, type Order } from './order.ts';
import { recordEvent } from './record-event.ts';
import { idempotencyKey, orderInput } from './schema.ts';

type Needed = Pick<OrdersDependencies, 'events' | 'userExists' | 'settings' | 'now' | 'newId' | 'count'>;

/** The order as it was placed under the id, where the same request placed it. @throws {ConflictError} where another did */
async function placedBefore({ events }: Needed, id: string, digest: string): Promise<Order | undefined> {
  const [first] = await events.read(id, 0);
  if (first === undefined) return undefined;
  if (first.type !== 'OrderPlaced' || first.requestDigest !== digest) throw keyReused();
  return replay([first]);
}

/**
 * `POST /orders`: 201 with the order and its Location; 400 for a user that does not exist. With an Idempotency-Key a
 * repetition places nothing and is answered as the first one was; 409 when the key was used for other content. It is the
 * caller's order unless `userId` names another user, which takes `admin`, and is a 403 without it.
 */
export function createOrder(needed: Needed): RouteHandler<CallerRequest> {
  const { events, userExists, now, newId, count } = needed;

  return async (request) => {
    const { caller } = request;
    const { userId = caller.userId, lines } = parse(orderInput, request.json());
    if (userId !== caller.userId) requireScope(caller, 'admin');
    const key = idempotencyKey(request.header('idempotency-key'));
    const id = key === undefined ? newId() : orderIdOf(userId, key);
    const digest = key === undefined ? undefined : requestDigest(lines);
    const answer = (order: Order) =>
      ({ status: 201, data: order, headers: { location: `${request.path}/${order.id}` } }) as const;

    const earlier = digest === undefined ? undefined : await placedBefore(needed, id, digest);
    if (earlier !== undefined) return answer(earlier);
    await checkLines(needed.settings, lines);
    if (!(await userExists(userId))) throw noSuchUser();
    const marks = { eventId: newId(), occurredAt: now().toISOString(), correlationId: request.correlationId };
    const identity = { id, userId };
    const { event, order } = recordEvent(
      undefined,
      identity,
      { type: 'OrderPlaced', lines },
      { ...marks, requestDigest: digest },
    );
    try {
      await events.append(event);
    } catch (error) {
      // Another request with the key was faster.
      const winner =
        error instanceof VersionTakenError && digest !== undefined ? await placedBefore(needed, id, digest) : undefined;
      if (winner === undefined) throw error;
      return answer(winner);
    }
    count('OrdersCreated');
    return answer(order);
  };
}
