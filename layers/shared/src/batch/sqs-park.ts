import type { Park } from '@shared/batch/park';
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';

// SQS takes the characters of XML 1.0, and refuses any other in a body.
const refused = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

// An attribute is never empty, and with the body it counts towards the size of the message.
const text = (value: string): { DataType: 'String'; StringValue: string } => ({
  DataType: 'String',
  StringValue: value === '' ? '-' : value.slice(0, 1_000),
});

function readable(body: Uint8Array): string | undefined {
  try {
    const decoded = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
    return decoded === '' || refused.test(decoded) ? undefined : decoded;
  } catch {
    return undefined;
  }
}

/**
 * Parks records in a dead-letter queue. The body is the record's own, so that a redrive delivers it again; where SQS
 * cannot hold it, it is in base64 and the attribute `encoding` says so. `cause`, `detail`, `source` and `recordId` are attributes.
 */
export function sqsPark(client: Pick<SQSClient, 'send'>, queueUrl: string): Park {
  return async ({ body, cause, detail, source, recordId }) => {
    const asText = readable(body);
    await client.send(
      new SendMessageCommand({
        QueueUrl: queueUrl,
        MessageBody: asText ?? (Buffer.from(body).toString('base64') || '-'),
        MessageAttributes: {
          cause: text(cause),
          detail: text(detail),
          source: text(source),
          recordId: text(recordId),
          encoding: text(asText === undefined ? 'base64' : 'utf-8'),
        },
      }),
    );
  };
}
