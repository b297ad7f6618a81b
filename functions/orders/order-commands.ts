import type { OrderStatus } from '@shared/contracts/order-events';
import { ValidationError } from '@shared/errors/app-error';
import type { OrderLine } from '@shared/orders/stored-event';
import { notAllowed } from './order-errors.ts';
import type { Fact, Order } from './order.ts';

/** Decides what happens to an order as it is now. @throws {ConflictError} when its state does not allow it */
export type Command = (order: Order) => Fact;

const allowedIn = (order: Order, action: string, ...statuses: readonly OrderStatus[]): void => {
  if (!statuses.includes(order.status)) throw notAllowed(action, order.status);
};

/** Replaces the lines of an order that is not paid; they keep its currency. */
export const changeLines =
  (lines: readonly OrderLine[]): Command =>
  (order) => {
    allowedIn(order, 'changed', 'placed');
    const { currency } = order.total;
    const other = lines.flatMap(({ unitPrice }, at) =>
      unitPrice.currency === currency
        ? []
        : [{ field: `lines.${at}.unitPrice.currency`, message: `must be the order's: ${currency}` }],
    );
    if (other.length > 0) throw new ValidationError(other);
    return { type: 'OrderLinesChanged', lines };
  };

/** Pays an order that is placed. */
export const pay: Command = (order) => {
  allowedIn(order, 'paid', 'placed');
  return { type: 'OrderPaid' };
};

/** Ships an order that is paid. */
export const ship: Command = (order) => {
  allowedIn(order, 'shipped', 'paid');
  return { type: 'OrderShipped' };
};

/** Cancels an order that was not shipped. */
export const cancel: Command = (order) => {
  allowedIn(order, 'cancelled', 'placed', 'paid');
  return { type: 'OrderCancelled' };
};
