import { ValidationError } from '@shared/errors/app-error';
import { createDirectHandler } from '@shared/invocation/direct-handler';
import { lambdaContext } from '../../../../support/runtime/lambda-context.ts';
import { recordedTelemetry } from '../../../../support/runtime/recorded-telemetry.ts';

describe('createDirectHandler', () => {
  it('gives the result of the event', async () => {
    const handler = createDirectHandler(recordedTelemetry(), (event) => ({ got: event }));

    await expect(handler({ a: 1 }, lambdaContext())).resolves.toEqual({ got: { a: 1 } });
  });

  it.each([
    ['that of the event', { correlationId: 'from-event' }, 'from-event'],
    ['the request id without one', { a: 1 }, 'request-1'],
    ['the request id in place of one that is not safe', { correlationId: 'a b' }, 'request-1'],
    ['the request id for null', null, 'request-1'],
    ['the request id for text', 'text', 'request-1'],
  ])('logs as correlation id %s', async (_what, event, expected) => {
    const telemetry = recordedTelemetry();
    const handler = createDirectHandler(telemetry, () => 1);

    await handler(event, lambdaContext('request-1'));

    expect(telemetry.lines.map((line) => line['correlation_id'])).toEqual([expected, expected]);
    expect(telemetry.published).toEqual([['SuccessCount']]);
  });

  it('throws a failure on, after it is logged, counted and published', async () => {
    const telemetry = recordedTelemetry();
    const bug = new Error('bug');
    const handler = createDirectHandler(telemetry, () => Promise.reject(bug));

    await expect(handler({}, lambdaContext())).rejects.toBe(bug);

    expect(telemetry.lines[0]).toMatchObject({ level: 'ERROR', log_code: 'INVOCATION_FAILED', error: bug });
    expect(telemetry.published).toEqual([['ErrorCount']]);
  });

  it('counts a refused event as the fault of its sender', async () => {
    const telemetry = recordedTelemetry();
    const handler = createDirectHandler(telemetry, () => {
      throw new ValidationError([{ field: 'action', message: 'is missing' }]);
    });

    await expect(handler({}, lambdaContext())).rejects.toThrow('action: is missing');

    expect(telemetry.published).toEqual([['ClientErrorCount']]);
  });
});
