import { PoisonRecordError } from '@shared/batch/poison-record';
import type { OrderEvent } from '@shared/contracts/order-events';
import { UnavailableError } from '@shared/errors/app-error';
import type { MailReport, NotificationsDependencies } from './dependencies.ts';
import { MailRefusedError } from './mailer.ts';
import { renderMail } from './render-mail.ts';

async function send(event: OrderEvent, needs: NotificationsDependencies): Promise<MailReport['outcome']> {
  const recipient = await needs.recipients.find(event.order.userId);
  if (recipient === undefined) return 'noRecipient';
  try {
    await needs.mailer.send({ to: recipient.email, ...renderMail(event, recipient.name) });
  } catch (cause) {
    if (!(cause instanceof MailRefusedError)) throw cause;
    throw new PoisonRecordError('MAIL_REFUSED', `The mail of event ${event.eventId} was refused`, { cause });
  }
  return 'sent';
}

async function notifyOnce(event: OrderEvent, needs: NotificationsDependencies): Promise<MailReport['outcome']> {
  const { sentMails, onProblem } = needs;
  const claim = await sentMails.claim(event.eventId);
  if (claim === 'sent') return 'repeated';
  // Not to be taken for done: the other invocation may be dead.
  if (claim === 'held') throw new UnavailableError('Another invocation has the mail of this event', 60);
  let outcome: MailReport['outcome'];
  try {
    outcome = await send(event, needs);
  } catch (error) {
    await sentMails.release(event.eventId).catch((cause: unknown) => {
      onProblem('The mail stays claimed for a minute', cause);
    });
    throw error;
  }
  // It is sent: to fail now would send it again.
  await sentMails.keep(event.eventId).catch((cause: unknown) => {
    onProblem('The mail is not remembered', cause);
  });
  return outcome;
}

/**
 * Handles one event: the mail that it asks for, once however often the event is delivered. It throws a PoisonRecordError
 * where the mail is refused; an UnavailableError or the failure itself where the event has to be delivered again.
 */
export function receiveEvent(needs: NotificationsDependencies): (event: OrderEvent) => Promise<void> {
  return async (event) => {
    const outcome = await notifyOnce(event, needs);
    needs.onHandled({ eventId: event.eventId, type: event.type, outcome });
  };
}
