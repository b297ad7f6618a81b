import type { Mail } from '../../../functions/notifications/mailer.ts';

interface SentMail {
  readonly To: readonly string[];
  readonly Subject: string;
  readonly BodyText: string;
  readonly BodyHtml: string;
}

/** Every value in what the local cloud shows that is a mail: it groups them by account and region. */
function mailsIn(value: unknown): SentMail[] {
  if (Array.isArray(value)) return value.flatMap(mailsIn);
  if (typeof value !== 'object' || value === null) return [];
  return 'BodyText' in value ? [value as SentMail] : Object.values(value).flatMap(mailsIn);
}

/** The mails that the local cloud's SES took. */
export async function readSesMails(endpoint: string): Promise<Mail[]> {
  const shown = await (await fetch(`${endpoint}/_ministack/ses/messages`)).json();
  return mailsIn(shown).map((mail) => ({
    to: mail.To[0] ?? '',
    subject: mail.Subject,
    text: mail.BodyText,
    html: mail.BodyHtml,
  }));
}
