// Needs the sample domain, and goes with it: aviary begin.
import { GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import { InvokeCommand, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { randomUUID } from 'node:crypto';
import { localRegion } from '../../tools/local/environment.ts';
import { useStage } from '../support/aviary-stage.ts';
import { awaitLogLines, type LogLine } from '../support/http-logs.ts';

describe('processor in the local cloud', () => {
  // The events that are tried again are tried at once.
  const stage = useStage({ environment: { LAMBDA_ASYNC_RETRY_BASE_SECONDS: '0' } });

  const invoke = async (event: unknown) => {
    const answer = await stage().lambda.send(
      new InvokeCommand({
        FunctionName: 'aviary-processor-local',
        Qualifier: 'live',
        Payload: Buffer.from(JSON.stringify(event)),
      }),
    );
    return { error: answer.FunctionError, result: JSON.parse(answer.Payload?.transformToString() ?? '') as unknown };
  };

  it('runs a command', async () => {
    const { error, result } = await invoke({ action: 'update', data: { id: 'one', name: 'Ada' }, source: 'test' });

    expect(error).toBeUndefined();
    expect(result).toEqual({ id: 'one', name: 'Ada', status: 'updated', timestamp: expect.any(String) as string });
  });

  it('records an activity', async () => {
    const { error, result } = await invoke({ userId: 'ada', action: 'login', timestamp: '2025-06-01T12:00:00Z' });

    expect(error).toBeUndefined();
    expect(result).toMatchObject({ id: 'ada', status: 'updated' });
  });

  it('creates under the id of the request where the event has none', async () => {
    const { result } = await invoke({ action: 'create', data: {} });

    expect(result).toMatchObject({ id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string, status: 'created' });
  });

  // MiniStack gives every error the type Runtime.HandlerError; the type is tested in sam-local.test.ts.
  it.each([
    ['an unknown action', { action: 'explode', data: {} }, /^action: /, ['action']],
    ['an update of nothing', { action: 'update', data: {} }, /^data\.id: /, ['data.id']],
    ['null', null, /./, ['']],
    ['a list', [], /./, ['']],
  ])('fails on %s, saying which field is not valid', async (_what, event, message, fields) => {
    const { error, result } = await invoke(event);

    const refused = (line: LogLine) =>
      line['log_code'] === 'INVOCATION_REFUSED' && JSON.stringify(line['fields']) === JSON.stringify(fields);
    const group = '/aws/lambda/aviary-processor-local';
    const lines = await awaitLogLines(stage().cloud.endpoint, group, (all) => all.some(refused));
    expect(error).toBe('Unhandled');
    expect(result).toMatchObject({ errorMessage: expect.stringMatching(message) as string });
    expect(lines.find(refused)).toMatchObject({ level: 'INFO', error_code: 'VALIDATION_FAILED' });
  });

  it('names its dead-letter queue in the template that SAM makes of it', async () => {
    const { TemplateBody = '' } = await stage().cloudFormation.send(
      new GetTemplateCommand({ StackName: 'aviary-local', TemplateStage: 'Processed' }),
    );
    const { Resources } = JSON.parse(TemplateBody) as { Resources: Record<string, { Properties: unknown }> };

    expect(Resources['Processor']?.Properties).toMatchObject({
      DeadLetterConfig: { TargetArn: { 'Fn::GetAtt': ['ProcessorDeadLetters', 'Arn'] } },
    });
    expect(Resources['ProcessorEventInvokeConfig']?.Properties).toMatchObject({ MaximumRetryAttempts: 2 });
  });

  it('leaves an asynchronous event that fails three times in that queue', async () => {
    const event = { action: 'explode', data: { mark: randomUUID() } };
    const FunctionName = 'aviary-processor-local';
    // MiniStack's CloudFormation leaves the queue out of the function; its Lambda knows it.
    const TargetArn = `arn:aws:sqs:${localRegion}:000000000000:aviary-processor-dlq-local`;
    await stage().lambda.send(
      new UpdateFunctionConfigurationCommand({ FunctionName, DeadLetterConfig: { TargetArn } }),
    );

    const Payload = Buffer.from(JSON.stringify(event));
    const { StatusCode } = await stage().lambda.send(
      new InvokeCommand({ FunctionName, InvocationType: 'Event', Payload }),
    );

    const sqs = new SQSClient(stage().client);
    const QueueUrl = `${stage().cloud.endpoint}/000000000000/aviary-processor-dlq-local`;
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }));
    sqs.destroy();
    expect(StatusCode).toBe(202);
    // In AWS the message is the event itself; MiniStack puts an envelope around it, as for a destination.
    expect(Messages.map(({ Body = '' }) => JSON.parse(Body) as unknown)).toMatchObject([{ requestPayload: event }]);
  });
});
