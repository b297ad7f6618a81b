import { randomUUID } from 'node:crypto';
import { MailRefusedError, type Mail, type Mailer } from '../../../functions/notifications/mailer.ts';

/** A mailer, the mails that went out through it, and a second one whose service refuses every mail. */
interface MailerUnderTest {
  readonly mailer: Mailer;
  readonly refusing: Mailer;
  readonly sent: () => Promise<readonly Mail[]>;
}

/** Declares what every mailer does. */
// eslint-disable-next-line jest/no-export -- the adapters of the local stage and of the account run the same contract
export function mailerContract(make: () => MailerUnderTest): void {
  const mail = (parts: Partial<Mail> = {}): Mail => ({
    to: `${randomUUID()}@example.com`,
    subject: 'Your order – größer',
    text: 'Hello Zoë 🐤\n',
    html: '<p>Hello Zoë 🐤</p>',
    ...parts,
  });

  it('sends a mail as it is, with letters beyond ASCII', async () => {
    const { mailer, sent } = make();
    const one = mail();

    await mailer.send(one);

    expect((await sent()).filter(({ to }) => to === one.to)).toEqual([one]);
  });

  it('says of a mail that is refused that it is for good, and sends nothing', async () => {
    const { refusing, sent } = make();
    const one = mail();

    await expect(refusing.send(one)).rejects.toBeInstanceOf(MailRefusedError);

    expect((await sent()).filter(({ to }) => to === one.to)).toEqual([]);
  });
}
