import type { SQSEvent } from 'aws-lambda';
import sample from '../../../functions/notifications/events/order-placed.json';

const [record] = sample.Records;
if (record === undefined) throw new Error('The sample has no record.');

/** An event of a queue with these bodies; anything but text is sent as JSON. The ids are `message-1` and so on. */
export const sqsEvent = (...bodies: readonly unknown[]): SQSEvent => ({
  Records: bodies.map((body, at) => ({
    ...record,
    messageId: `message-${at + 1}`,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })),
});
