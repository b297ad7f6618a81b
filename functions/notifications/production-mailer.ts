import { captureClient } from '@shared/observability/tracer';
import { logCodes } from '@shared/observability/log-codes';
import { logger } from '@shared/observability/logger';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import type { environment } from './environment.ts';
import { logMailer } from './log-mailer.ts';
import type { Mailer } from './mailer.ts';
import { sesMailer } from './ses-mailer.ts';

/**
 * The mailer that the template asks for.
 * @throws {Error} for a name that is none of them
 */
export function productionMailer(settings: Pick<typeof environment, 'MAIL_WITH' | 'MAIL_FROM'>): Mailer {
  switch (settings.MAIL_WITH) {
    case 'ses': {
      const requestHandler = { connectionTimeout: 1_000, requestTimeout: 5_000, throwOnRequestTimeout: true };
      // Once: the SDK's own repetition of a call that has timed out could send the mail twice.
      return sesMailer(captureClient(new SESv2Client({ requestHandler, maxAttempts: 1 })), settings.MAIL_FROM);
    }
    case 'log':
      return logMailer(({ to, subject, text }) => {
        logger.info('A mail would be sent here', { log_code: logCodes.mailLogged, to, subject, text });
      });
    default:
      throw new Error('MAIL_WITH must be ses or log');
  }
}
