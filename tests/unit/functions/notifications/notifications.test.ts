import { UnavailableError } from '@shared/errors/app-error';
import { MailRefusedError } from '../../../../functions/notifications/mailer.ts';
import { mailTimes } from '../../../../functions/notifications/sent-mails.ts';
import { anOrderEvent } from '../../../support/runtime/an-order-event.ts';
import { lambdaContext } from '../../../support/runtime/lambda-context.ts';
import { memorySentMails } from '../../../support/runtime/memory-sent-mails.ts';
import { someNotifications, type NotificationsUnderTest } from '../../../support/runtime/notifications-under-test.ts';
import { sqsEvent } from '../../../support/runtime/sqs-event.ts';

const deliver = async ({ handler }: NotificationsUnderTest, ...bodies: unknown[]): Promise<string[]> => {
  const { batchItemFailures } = await handler(sqsEvent(...bodies), lambdaContext());
  return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
};

describe('notifications', () => {
  it('mail the customer of an order what happened to it', async () => {
    const it = someNotifications();

    const failures = await deliver(it, anOrderEvent({ type: 'OrderShipped' }));

    expect(failures).toEqual([]);
    expect(it.mailer.sent).toMatchObject([{ to: 'ada@example.com', subject: 'Your order is on its way' }]);
  });

  it('send one mail for an event that is delivered three times', async () => {
    const it = someNotifications();
    const event = anOrderEvent();

    await deliver(it, event, event);
    await deliver(it, event);

    expect(it.mailer.sent).toHaveLength(1);
    expect(it.reports.map(({ outcome }) => outcome)).toEqual(['sent', 'repeated', 'repeated']);
  });

  it('log each message of a batch under its own correlation id, also one that cannot be read', async () => {
    const it = someNotifications();
    const newer = { ...anOrderEvent({ correlationId: 'of-the-newer' }), schemaVersion: 2 };

    await deliver(it, anOrderEvent({ correlationId: 'of-the-first' }), newer, '{');

    const parked = it.telemetry.lines.filter(({ level }) => level === 'ERROR');
    expect(parked.map(({ cause, correlation_id }) => [cause, correlation_id])).toEqual([
      ['NEWER_VERSION', 'of-the-newer'],
      ['NOT_JSON', parked[1]?.['record_id']],
    ]);
  });

  it('ask for one message again whose mail does not go out now, and send it then', async () => {
    const it = someNotifications();
    const [first, second] = [anOrderEvent(), anOrderEvent()];
    await deliver(it, first);
    it.mailer.failure = new UnavailableError('Throttled', 1);

    const failures = await deliver(it, first, second);
    it.mailer.failure = undefined;
    await deliver(it, second);

    expect(failures).toEqual(['message-2']);
    expect(it.mailer.sent).toHaveLength(2);
  });

  it('fail as a whole where every message fails, so that the errors of the function are seen', async () => {
    const it = someNotifications();
    it.mailer.failure = new Error('broken');

    await expect(deliver(it, anOrderEvent())).rejects.toMatchObject({ name: 'FullBatchFailureError' });

    expect(it.telemetry.published).toEqual([['ErrorCount']]);
  });

  it('do not take a mail for sent that another invocation holds, and send it when that one has died', async () => {
    const sentMails = memorySentMails(() => time);
    let time = 1_750_000_000;
    const it = someNotifications(undefined, { sentMails });
    const event = anOrderEvent();
    await sentMails.claim(event.eventId);

    const failures = await deliver(it, event, anOrderEvent());
    time += mailTimes.claim + 1;
    const later = await deliver(it, event);

    expect([failures, later]).toEqual([['message-1'], []]);
    expect(it.reports.at(-1)).toMatchObject({ eventId: event.eventId, outcome: 'sent' });
  });

  it('succeed where the mail went out and cannot be remembered', async () => {
    const sentMails = { ...memorySentMails(() => 0), keep: () => Promise.reject(new Error('broken')) };
    const it = someNotifications(undefined, { sentMails });

    const failures = await deliver(it, anOrderEvent());

    expect([failures, it.mailer.sent.length, it.problems]).toEqual([[], 1, ['The mail is not remembered']]);
  });

  it('have nobody to write to where the user is gone', async () => {
    const it = someNotifications(undefined, { recipients: { find: () => Promise.resolve(undefined) } });

    const failures = await deliver(it, anOrderEvent());

    expect([failures, it.mailer.sent]).toEqual([[], []]);
    expect(it.reports).toMatchObject([{ outcome: 'noRecipient' }]);
  });

  it.each([
    ['no JSON', 'no JSON', 'NOT_JSON', 'The record is no JSON'],
    ['null', 'null', 'NOT_AN_EVENT', ''],
    ['an array', '[]', 'NOT_AN_EVENT', ''],
    ['another event', { ...anOrderEvent(), type: 'OrderLost' }, 'NOT_AN_EVENT', 'type'],
    [
      'a newer version',
      { ...anOrderEvent(), schemaVersion: 2, order: 7 },
      'NEWER_VERSION',
      'schemaVersion 2 is newer than 1',
    ],
  ])('park %s with its cause, and handle the rest', async (_what, body, cause, detail) => {
    const it = someNotifications();

    const failures = await deliver(it, body, anOrderEvent());

    expect([failures, it.mailer.sent.length]).toEqual([[], 1]);
    expect(it.parking.parked).toEqual([
      {
        body: typeof body === 'string' ? body : JSON.stringify(body),
        cause,
        detail,
        source: 'arn:aws:sqs:eu-west-1:000000000000:aviary-notifications-local',
        recordId: 'message-1',
      },
    ]);
    expect(it.telemetry.lines.filter(({ level }) => level === 'ERROR')).toMatchObject([
      {
        log_code: cause === 'NEWER_VERSION' ? 'RECORD_NEWER' : 'RECORD_PARKED',
        cause,
        record_id: 'message-1',
        correlation_id: typeof body === 'string' ? 'message-1' : body.correlationId,
      },
    ]);
  });

  it('park an event whose mail is refused, and could send it later', async () => {
    const it = someNotifications();
    const event = anOrderEvent();
    it.mailer.failure = new MailRefusedError('Blocked');

    await deliver(it, event);
    it.mailer.failure = undefined;
    await deliver(it, event);

    expect(it.parking.parked).toMatchObject([{ cause: 'MAIL_REFUSED', body: JSON.stringify(event) }]);
    expect(it.mailer.sent).toHaveLength(1);
  });

  it('ask for a message again that cannot be parked', async () => {
    const it = someNotifications();
    it.parking.broken = true;

    await expect(deliver(it, anOrderEvent(), 'no JSON')).resolves.toEqual(['message-2']);
  });

  it('say nothing personal in a log line, and put the correlation id of each message in its own', async () => {
    const it = someNotifications({ name: 'Ada Lovelace', email: 'ada@example.com' });
    it.mailer.failure = new Error('broken');
    await deliver(it, anOrderEvent({ correlationId: 'one' })).catch(() => undefined);
    it.mailer.failure = undefined;

    await deliver(it, anOrderEvent({ correlationId: 'two' }));

    const failed = it.telemetry.lines.find(({ level }) => level === 'ERROR');
    expect(failed).toMatchObject({ correlation_id: 'one', log_code: 'INVOCATION_FAILED' });
    expect(JSON.stringify(it.telemetry.lines)).not.toMatch(/Lovelace|ada@/);
  });
});
