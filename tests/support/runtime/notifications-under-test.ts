import { createQueueHandler, type QueueHandler } from '@shared/batch/queue-handler';
import { orderEvent, orderEventSchemaVersion } from '@shared/contracts/order-events';
import type { MailReport, NotificationsDependencies } from '../../../functions/notifications/dependencies.ts';
import { receiveEvent } from '../../../functions/notifications/receive-event.ts';
import type { Recipient } from '../../../functions/notifications/recipients.ts';
import { memoryMailer, type MemoryMailer } from './memory-mailer.ts';
import { memoryPark, type MemoryPark } from './memory-park.ts';
import { memorySentMails } from './memory-sent-mails.ts';
import { recordedTelemetry, type RecordedTelemetry } from './recorded-telemetry.ts';

/** Notifications with everything in memory, and with what they did. */
export interface NotificationsUnderTest {
  readonly handler: QueueHandler;
  readonly mailer: MemoryMailer;
  readonly parking: MemoryPark;
  readonly reports: MailReport[];
  readonly problems: string[];
  readonly telemetry: RecordedTelemetry;
  /** Lets seconds go by. */
  readonly pass: (seconds: number) => void;
}

/** Makes notifications for a world where every user is `recipient`; `parts` take the place of what they need. */
export function someNotifications(
  recipient: Recipient | undefined = { name: 'Ada', email: 'ada@example.com' },
  parts: Partial<NotificationsDependencies> = {},
): NotificationsUnderTest {
  let time = 1_750_000_000;
  const mailer = memoryMailer();
  const parking = memoryPark();
  const telemetry = recordedTelemetry();
  const reports: MailReport[] = [];
  const problems: string[] = [];
  const handle = receiveEvent({
    recipients: { find: () => Promise.resolve(recipient) },
    sentMails: memorySentMails(() => time),
    mailer,
    onHandled: (report) => reports.push(report),
    onProblem: (message) => problems.push(message),
    ...parts,
  });
  const contract = { schema: orderEvent, version: orderEventSchemaVersion };
  return {
    handler: createQueueHandler(telemetry, parking.park, contract, handle),
    mailer,
    parking,
    reports,
    problems,
    telemetry,
    pass: (seconds) => {
      time += seconds;
    },
  };
}
