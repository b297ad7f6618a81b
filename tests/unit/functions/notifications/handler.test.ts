import type { QueueHandler } from '@shared/batch/queue-handler';
import { useEntryEnvironment } from '../../../support/runtime/entry-environment.ts';

const environment = {
  TABLE_NAME: 'table',
  DEAD_LETTERS_URL: 'http://127.0.0.1:1/dead',
  MAIL_FROM: 'no-reply@example.com',
};

const load = async (): Promise<QueueHandler> =>
  (await import('../../../../functions/notifications/handler.ts')).handler;

describe('the entry of the notifications function', () => {
  useEntryEnvironment('notifications', environment);

  it.each(['ses', 'log'])('starts with %s', async (MAIL_WITH) => {
    process.env['MAIL_WITH'] = MAIL_WITH;

    await expect(load()).resolves.toEqual(expect.any(Function));
  });

  it('does not start with a mailer that is none', async () => {
    process.env['MAIL_WITH'] = 'pigeon';

    await expect(load()).rejects.toThrow('MAIL_WITH must be ses or log');
  });

  it('does not start without its environment, and names everything that is missing', async () => {
    process.env['DEAD_LETTERS_URL'] = '';

    await expect(load()).rejects.toThrow('Missing environment variables: DEAD_LETTERS_URL, MAIL_WITH');
  });
});
