import { createSqsClient } from '@shared/batch/sqs-client';
import { sqsPark } from '@shared/batch/sqs-park';
import { createDocumentClient } from '@shared/dynamodb/document-client';
import { logCodes } from '@shared/observability/log-codes';
import { logger } from '@shared/observability/logger';
import { metrics } from '@shared/observability/metrics';
import { dynamoDbRecipients } from './dynamodb-recipients.ts';
import { dynamoDbSentMails } from './dynamodb-sent-mails.ts';
import { environment } from './environment.ts';
import type { Mailer } from './mailer.ts';
import { productionMailer } from './production-mailer.ts';
import type { Recipients } from './recipients.ts';
import type { SentMails } from './sent-mails.ts';

/** What became of an event: `noRecipient` where the user is gone, `repeated` where its mail was sent before. */
export interface MailReport {
  readonly eventId: string;
  readonly type: string;
  readonly outcome: 'sent' | 'repeated' | 'noRecipient';
}

/** What the notifications need. */
export interface NotificationsDependencies {
  readonly recipients: Recipients;
  readonly sentMails: SentMails;
  readonly mailer: Mailer;
  readonly onHandled: (report: MailReport) => void;
  readonly onProblem: (message: string, error: unknown) => void;
}

const client = createDocumentClient();

/** Where events go that can never be handled. */
export const park = sqsPark(createSqsClient(), environment.DEAD_LETTERS_URL);

/** What they need in production. */
export const dependencies: NotificationsDependencies = {
  recipients: dynamoDbRecipients(client, environment.TABLE_NAME),
  sentMails: dynamoDbSentMails(client, environment.TABLE_NAME, () => Math.floor(Date.now() / 1_000)),
  mailer: productionMailer(environment),
  onHandled: (report) => {
    if (report.outcome === 'sent') metrics.count('MailsSent');
    logger.info('Mail handled', { log_code: logCodes.mailHandled, ...report });
  },
  onProblem: (message, error) => {
    logger.warn(message, { error });
  },
};
