import type { Mail, Mailer } from './mailer.ts';

/** Sends nothing and says so: for the local stage, which writes to nobody. */
export const logMailer = (write: (mail: Mail) => void): Mailer => ({
  send: async (mail) => {
    await Promise.resolve();
    write(mail);
  },
});
