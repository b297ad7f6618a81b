import type { Alerts } from '@shared/alerts/alerts';
import { captureClient } from '@shared/observability/tracer';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';

/** Makes the SNS client of a function, with limits; call it once, outside the handler. */
export const createSnsClient = (): SNSClient =>
  captureClient(
    new SNSClient({
      requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
      maxAttempts: 3,
    }),
  );

// SNS takes up to 100 characters of ASCII without a line break.
const subject = (summary: string): string => summary.replace(/[^\x20-\x7e]/g, '?').slice(0, 100);

/** Raises alerts on a topic; `service` and `stage` say where they come from. */
export function snsAlerts(
  client: Pick<SNSClient, 'send'>,
  topicArn: string,
  origin: { readonly service: string; readonly stage: string },
): Alerts {
  return {
    raise: async ({ code, summary, facts }) => {
      await client.send(
        new PublishCommand({
          TopicArn: topicArn,
          Subject: subject(summary),
          Message: JSON.stringify({ code, summary, ...origin, facts }, null, 2),
          MessageAttributes: { code: { DataType: 'String', StringValue: code } },
        }),
      );
    },
  };
}
