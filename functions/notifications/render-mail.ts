import { minorUnitDigits, type Money, type OrderEvent } from '@shared/contracts/order-events';
import { html } from './html.ts';
import type { Mail } from './mailer.ts';

type Order = OrderEvent['order'];

/** An amount for people: `€12.50`. */
function price({ amount, currency }: Money): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  return format.format(amount / 10 ** minorUnitDigits[currency]);
}

const lines = ({ lineCount }: Order): string => (lineCount === 1 ? '1 item' : `${lineCount} items`);

/** The subject, and what has happened, in one sentence; the mail around it is the same for all. */
const templates: Readonly<Record<OrderEvent['type'], (order: Order) => { subject: string; news: string }>> = {
  OrderPlaced: (order) => ({
    subject: 'We have your order',
    news: `Thank you for your order of ${lines(order)}, ${price(order.total)} in all.`,
  }),
  OrderLinesChanged: (order) => ({
    subject: 'Your order was changed',
    news: `Your order was changed. It has ${lines(order)} now, ${price(order.total)} in all.`,
  }),
  OrderPaid: (order) => ({
    subject: 'We have your payment',
    news: `Thank you for your payment of ${price(order.total)}.`,
  }),
  OrderShipped: (order) => ({
    subject: 'Your order is on its way',
    news: `Your order of ${lines(order)} is on its way to you.`,
  }),
  OrderCancelled: (order) => ({
    subject: 'Your order was cancelled',
    news: `Your order of ${lines(order)}, ${price(order.total)} in all, was cancelled.`,
  }),
};

/** Writes the mail that tells a customer, by name, of an event: as text, and as HTML with every value escaped. */
export function renderMail(event: OrderEvent, name: string): Omit<Mail, 'to'> {
  const { subject, news } = templates[event.type](event.order);
  const number = `Order number: ${event.order.id}`;
  return {
    subject,
    text: `Hello ${name},\n\n${news}\n\n${number}\n`,
    html: html`<!doctype html>
      <html lang="en">
        <body>
          <p>Hello ${name},</p>
          <p>${news}</p>
          <p>${number}</p>
        </body>
      </html>`,
  };
}
