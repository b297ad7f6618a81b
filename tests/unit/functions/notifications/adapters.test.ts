import { MailRefusedError } from '../../../../functions/notifications/mailer.ts';
import { mailerContract } from '../../../support/runtime/mailer-contract.ts';
import { memoryMailer } from '../../../support/runtime/memory-mailer.ts';
import { memorySentMails } from '../../../support/runtime/memory-sent-mails.ts';
import { sentMailsContract } from '../../../support/runtime/sent-mails-contract.ts';

describe('sent mails in memory', () => {
  sentMailsContract(memorySentMails);
});

describe('the mailer of the local stage', () => {
  mailerContract(() => {
    const mailer = memoryMailer();
    const refusing = memoryMailer();
    refusing.failure = new MailRefusedError('Blocked');
    return { mailer, refusing, sent: () => Promise.resolve([...mailer.sent, ...refusing.sent]) };
  });
});
