import { findDeadLetters } from '../../../../tools/dlq/dead-letters.ts';
import { readMessage } from '../../../../tools/dlq/read-message.ts';
import type { Json, JsonObject } from '../../../../tools/lib/json.ts';
import type { FunctionSource } from '../../../../tools/template/code-resources.ts';

const arn = (id: string): JsonObject => ({ 'Fn::GetAtt': [id, 'Arn'] });
const aQueue = (QueueName: string, more: JsonObject = {}): JsonObject => ({
  Type: 'AWS::SQS::Queue',
  Properties: { QueueName, ...more },
});
const resources = {
  Dead: aQueue('dead'),
  Work: aQueue('work', { RedrivePolicy: { deadLetterTargetArn: arn('Dead'), maxReceiveCount: 5 } }),
};
const aFunction = (properties: Record<string, Json>): FunctionSource => ({
  kind: 'function',
  logicalId: 'F',
  name: 'f',
  folder: 'functions/f',
  entry: 'functions/f/handler.ts',
  buildProperties: {},
  block: { Properties: { FunctionName: 'app-f-local', ...properties } },
});
const found = (properties: Record<string, Json>): unknown => findDeadLetters([aFunction(properties)], resources);

describe('findDeadLetters', () => {
  it.each([
    ['an invocation', { DeadLetterQueue: { Type: 'SQS', TargetArn: arn('Dead') } }, { kind: 'invocation' }],
    [
      'an invocation with a destination',
      { EventInvokeConfig: { DestinationConfig: { OnFailure: { Type: 'SQS', Destination: arn('Dead') } } } },
      { kind: 'invocation' },
    ],
    [
      'a queue',
      { Events: { M: { Type: 'SQS', Properties: { Queue: arn('Work') } } } },
      { kind: 'queue', queueName: 'work' },
    ],
    [
      'a stream',
      {
        Events: {
          R: { Type: 'Kinesis', Properties: { DestinationConfig: { OnFailure: { Destination: arn('Dead') } } } },
        },
      },
      { kind: 'stream' },
    ],
  ])('finds those of %s', (_what, properties, origin) => {
    expect(found(properties)).toEqual([{ name: 'f', functionName: 'app-f-local', queueName: 'dead', origin }]);
  });

  it.each([
    ['nothing', {}],
    ['a queue of another stack', { DeadLetterQueue: { TargetArn: 'arn:aws:sqs:eu-west-1:1:other' } }],
    ['a queue that nothing is redriven from', { Events: { M: { Properties: { Queue: arn('Dead') } } } }],
  ])('finds none for %s', (_what, properties) => {
    expect(found(properties)).toEqual([]);
  });
});

describe('readMessage', () => {
  const text = (StringValue: string): { DataType: string; StringValue: string } => ({
    DataType: 'String',
    StringValue,
  });

  it('reads the event and the cause that Lambda leaves in attributes', () => {
    const letter = readMessage({
      MessageId: 'm',
      ReceiptHandle: 'r',
      Body: '{"action":"explode"}',
      Attributes: { SentTimestamp: '7' },
      MessageAttributes: { RequestID: text('1'), ErrorCode: text('200'), ErrorMessage: text('action: no') },
    });

    expect(letter).toMatchObject({
      id: 'm',
      receipt: 'r',
      payload: '{"action":"explode"}',
      cause: '200 action: no',
      sentAt: 7,
    });
  });

  it('reads the event and the cause that a destination is given', () => {
    const Body = JSON.stringify({
      requestContext: { requestId: '1', condition: 'RetriesExhausted' },
      requestPayload: { action: 'explode' },
      responsePayload: { errorMessage: 'action: no' },
    });

    expect(readMessage({ Body })).toMatchObject({ payload: '{"action":"explode"}', cause: 'action: no' });
  });

  it.each(['', '{', 'null', '[]', '{"requestPayload":1}'])('takes %j for what failed', (Body) => {
    expect(readMessage({ Body })).toMatchObject({ payload: Body, cause: 'not told' });
  });

  it('knows the same content again, whatever its id', () => {
    const [one, other, another] = [
      readMessage({ MessageId: '1', Body: 'a' }),
      readMessage({ MessageId: '2', Body: 'a' }),
      readMessage({ MessageId: '1', Body: 'b' }),
    ];

    expect(one.hash).toBe(other.hash);
    expect(one.hash).not.toBe(another.hash);
  });
});
