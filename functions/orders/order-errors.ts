import type { OrderStatus } from '@shared/contracts/order-events';
import { ConflictError, NotFoundError, UnavailableError, ValidationError } from '@shared/errors/app-error';

/** No order has the id. */
export const noSuchOrder = (): NotFoundError => new NotFoundError('No such order');

/** The order is in a state that does not allow what was asked. */
export const notAllowed = (action: string, status: OrderStatus): ConflictError =>
  new ConflictError(`${action} is not allowed`, [
    { field: 'status', message: `an order that is ${status} cannot be ${action}` },
  ]);

/** The order is to be of a user that does not exist. */
export const noSuchUser = (): ValidationError =>
  new ValidationError([{ field: 'userId', message: 'is no user that exists' }]);

/** The idempotency key was used for another order. */
export const keyReused = (): ConflictError =>
  new ConflictError('Idempotency key used before', [
    { field: 'idempotency-key', message: 'was used for an order with other content' },
  ]);

/** Another event has taken the version since the order was read; nothing was stored, and a repetition may succeed. */
export class VersionTakenError extends UnavailableError {}
