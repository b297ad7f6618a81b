import { SendEmailCommand, SESv2ServiceException, type SESv2Client } from '@aws-sdk/client-sesv2';
import { MailRefusedError, type Mailer } from './mailer.ts';

/** What is wrong with the mail itself, and not with the account or the moment. */
const refusals = new Set(['MessageRejected', 'BadRequestException']);

const content = (Data: string): { Data: string; Charset: string } => ({ Data, Charset: 'UTF-8' });

/** Sends through SES, from one address. */
export function sesMailer(client: Pick<SESv2Client, 'send'>, from: string): Mailer {
  return {
    send: async ({ to, subject, text, html }) => {
      const command = new SendEmailCommand({
        FromEmailAddress: from,
        Destination: { ToAddresses: [to] },
        Content: { Simple: { Subject: content(subject), Body: { Text: content(text), Html: content(html) } } },
      });
      try {
        await client.send(command);
      } catch (cause) {
        if (!(cause instanceof SESv2ServiceException) || !refusals.has(cause.name)) throw cause;
        throw new MailRefusedError('SES refuses the mail', { cause });
      }
    },
  };
}
