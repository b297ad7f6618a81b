import { logMailer } from '../../../functions/notifications/log-mailer.ts';
import type { Mail, Mailer } from '../../../functions/notifications/mailer.ts';

/** A mailer that keeps what it is given, and fails with `failure` while that is set. */
export interface MemoryMailer extends Mailer {
  readonly sent: Mail[];
  failure: Error | undefined;
}

/** Makes a mailer that keeps what it is given: the one of the local stage, with a list for a log. */
export function memoryMailer(): MemoryMailer {
  const sent: Mail[] = [];
  const log = logMailer((mail) => sent.push(mail));
  const it: MemoryMailer = {
    sent,
    failure: undefined,
    send: (mail) => (it.failure === undefined ? log.send(mail) : Promise.reject(it.failure)),
  };
  return it;
}
