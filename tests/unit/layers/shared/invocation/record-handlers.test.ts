import { ValidationError } from '@shared/errors/app-error';
import { createQueueHandler, createStreamHandler, createTableHandler } from '@shared/invocation/record-handlers';
import type { DynamoDBStreamEvent, KinesisStreamEvent, SQSEvent } from 'aws-lambda';
import { lambdaContext } from '../../../../support/runtime/lambda-context.ts';
import { recordedTelemetry } from '../../../../support/runtime/recorded-telemetry.ts';

const queueEvent = (...bodies: string[]): SQSEvent =>
  ({ Records: bodies.map((body, at) => ({ messageId: `m${at + 1}`, body })) }) as SQSEvent;
const streamEvent = (...texts: string[]): KinesisStreamEvent => {
  const records = texts.map((text, at) => ({
    kinesis: { sequenceNumber: `s${at + 1}`, data: Buffer.from(text).toString('base64') },
  }));
  return { Records: records } as KinesisStreamEvent;
};
const tableEvent = (...names: string[]): DynamoDBStreamEvent => {
  const records = names.map((eventName, at) => ({ eventName, dynamodb: { SequenceNumber: `d${at + 1}` } }));
  return { Records: records } as DynamoDBStreamEvent;
};

/** Keeps what it is given, and fails on `bad`. */
function handling(): { seen: unknown[]; handle: (record: unknown) => void } {
  const seen: unknown[] = [];
  const handle = (record: unknown): void => {
    seen.push(record);
    if (JSON.stringify(record).includes('bad')) throw new Error('bad');
  };
  return { seen, handle };
}

describe('createQueueHandler', () => {
  it('handles every message and gives back those that failed', async () => {
    const { seen, handle } = handling();
    const handler = createQueueHandler(recordedTelemetry(), handle);

    const result = await handler(queueEvent('"one"', '"bad"', '"three"'), lambdaContext());

    expect(seen).toEqual(['one', 'bad', 'three']);
    expect(result).toEqual({ batchItemFailures: [{ itemIdentifier: 'm2' }] });
  });

  it('gives back a message that is not JSON', async () => {
    const { seen, handle } = handling();
    const handler = createQueueHandler(recordedTelemetry(), handle);

    const result = await handler(queueEvent('{', '"two"'), lambdaContext());

    expect(seen).toEqual(['two']);
    expect(result.batchItemFailures).toEqual([{ itemIdentifier: 'm1' }]);
  });

  it('waits for a record that takes its time', async () => {
    const handler = createQueueHandler(recordedTelemetry(), () => Promise.reject(new Error('late')));

    const result = await handler(queueEvent('1'), lambdaContext());

    expect(result.batchItemFailures).toHaveLength(1);
  });

  it('logs each record under its own correlation id, and counts successes, refusals and failures', async () => {
    const telemetry = recordedTelemetry();
    const handler = createQueueHandler(telemetry, (record) => {
      if (record === 1) throw new ValidationError([{ field: '', message: 'is a number' }]);
      if (record === 2) throw new Error('ours');
    });

    await handler(queueEvent('{"correlationId":"c-1"}', '1', '2'), lambdaContext('request-1'));

    expect(telemetry.lines.slice(0, 3).map((line) => [line['record_id'], line['correlation_id']])).toEqual([
      ['m1', 'c-1'],
      ['m2', 'request-1'],
      ['m3', 'request-1'],
    ]);
    expect(telemetry.published).toEqual([['SuccessCount', 'ClientErrorCount', 'ErrorCount']]);
  });
});

describe('createStreamHandler', () => {
  it('stops at the first record that fails, so that the order is kept', async () => {
    const { seen, handle } = handling();
    const handler = createStreamHandler(recordedTelemetry(), handle);

    const result = await handler(streamEvent('"one"', '"bad"', '"three"'), lambdaContext());

    expect(seen).toEqual(['one', 'bad']);
    expect(result).toEqual({ batchItemFailures: [{ itemIdentifier: 's2' }] });
  });
});

describe('createTableHandler', () => {
  it('gives each change as it is, and reports the first that fails', async () => {
    const { seen, handle } = handling();
    const handler = createTableHandler(recordedTelemetry(), handle);

    const result = await handler(tableEvent('INSERT', 'bad', 'REMOVE'), lambdaContext());

    expect(seen).toEqual([
      { eventName: 'INSERT', dynamodb: { SequenceNumber: 'd1' } },
      { eventName: 'bad', dynamodb: { SequenceNumber: 'd2' } },
    ]);
    expect(result).toEqual({ batchItemFailures: [{ itemIdentifier: 'd2' }] });
  });
});
