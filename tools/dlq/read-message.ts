import type { Message } from '@aws-sdk/client-sqs';
import { isObject, objectAt, parseJson, sha256, stringAt, type Json } from '../lib/json.ts';

/** A message of a dead-letter queue. */
export interface DeadLetter {
  readonly id: string;
  /** What SQS wants for deleting this very receipt of it. */
  readonly receipt: string;
  /** What failed, as text: the event of an invocation, or the body of a message. */
  readonly payload: string;
  /** sha256 of the payload: SQS and Lambda give what comes back another id, and its content is what it is known by. */
  readonly hash: string;
  readonly cause: string;
  /** Where the function found it that has parked it; undefined where Lambda or SQS has put it into the queue. */
  readonly parked?: { readonly source: string; readonly recordId: string; readonly encoding: 'utf8' | 'base64' };
  /** When it came into the queue, in milliseconds since 1970. */
  readonly sentAt: number;
}

/**
 * Reads a message as Lambda leaves it: the event with attributes, or as a destination, where the event is wrapped; or as a
 * function parks it (layers/shared/src/batch/sqs-park.ts).
 */
export function readMessage({
  MessageId,
  ReceiptHandle,
  Body = '',
  Attributes,
  MessageAttributes,
}: Message): DeadLetter {
  const attribute = (name: string): string | undefined => MessageAttributes?.[name]?.StringValue;
  const wrapped = unwrap(Body);
  const payload = wrapped?.payload ?? Body;
  const said = ['ErrorCode', 'ErrorMessage', 'cause', 'detail']
    .map(attribute)
    .filter((it) => it !== undefined)
    .join(' ');
  const [source, recordId] = [attribute('source'), attribute('recordId')];
  const encoding = attribute('encoding') === 'base64' ? 'base64' : 'utf8';
  return {
    id: MessageId ?? '',
    receipt: ReceiptHandle ?? '',
    payload,
    hash: sha256(payload),
    cause: said || (wrapped?.cause ?? 'not told'),
    sentAt: Number(Attributes?.SentTimestamp ?? 0),
    ...(source === undefined || recordId === undefined ? {} : { parked: { source, recordId, encoding } }),
  };
}

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
function unwrap(body: string): { payload: string; cause: string } | undefined {
  const record = parse(body);
  const payload = isObject(record) ? record['requestPayload'] : undefined;
  if (payload === undefined || Object.keys(objectAt(record, 'requestContext')).length === 0) return undefined;
  const cause = stringAt(objectAt(record, 'responsePayload'), 'errorMessage');
  const condition = stringAt(objectAt(record, 'requestContext'), 'condition');
  return { payload: JSON.stringify(payload), cause: cause ?? condition ?? 'not told' };
}

function parse(text: string): Json {
  try {
    return parseJson(text);
  } catch {
    return null;
  }
}
