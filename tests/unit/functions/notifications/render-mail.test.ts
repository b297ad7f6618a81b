import { renderMail } from '../../../../functions/notifications/render-mail.ts';
import { anOrderEvent } from '../../../support/runtime/an-order-event.ts';

describe('renderMail', () => {
  it.each([
    ['OrderPlaced', 'We have your order', 'Thank you for your order of 2 items, €49.99 in all.'],
    ['OrderLinesChanged', 'Your order was changed', 'It has 2 items now, €49.99 in all.'],
    ['OrderPaid', 'We have your payment', 'Thank you for your payment of €49.99.'],
    ['OrderShipped', 'Your order is on its way', 'Your order of 2 items is on its way to you.'],
    ['OrderCancelled', 'Your order was cancelled', 'Your order of 2 items, €49.99 in all, was cancelled.'],
  ] as const)('tells of %s, the same as text and as HTML', (type, subject, sentence) => {
    const event = anOrderEvent({ type });

    const mail = renderMail(event, 'Ada');

    expect(mail.subject).toBe(subject);
    for (const body of [mail.text, mail.html]) {
      expect(body).toContain('Hello Ada,');
      expect(body).toContain(sentence);
      expect(body).toContain(event.order.id);
    }
  });

  it.each([
    ['EUR', 1, '€0.01'],
    ['USD', 123_456, '$1,234.56'],
    ['JPY', 5000, '¥5,000'],
    ['CHF', 0, 'CHF\u00A00.00'],
  ] as const)('writes %s with the digits that it has', (currency, amount, written) => {
    const mail = renderMail(anOrderEvent({ type: 'OrderPaid', order: { total: { amount, currency } } }), 'Ada');

    expect(mail.text).toContain(`payment of ${written}.`);
  });

  it('says of one item that it is one', () => {
    expect(renderMail(anOrderEvent({ order: { lineCount: 1 } }), 'Ada').text).toContain('order of 1 item,');
  });

  it('lets no value be markup', () => {
    const mail = renderMail(anOrderEvent(), `<img src=x onerror="alert('&')">`);

    expect(mail.html).toContain('Hello &lt;img src=x onerror=&quot;alert(&#39;&amp;&#39;)&quot;&gt;,');
    expect(mail.html).not.toContain('<img');
    expect(mail.text).toContain(`Hello <img src=x onerror="alert('&')">,`);
  });
});
