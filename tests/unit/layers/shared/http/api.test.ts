import { ValidationError } from '@shared/errors/app-error';
import { createApi } from '@shared/http/api';
import type { RouteHandler, Routes } from '@shared/http/route-table';
import { apiEvent, envelopeOf } from '../../../../support/runtime/api-event.ts';
import { lambdaContext } from '../../../../support/runtime/lambda-context.ts';
import { recordedTelemetry } from '../../../../support/runtime/recorded-telemetry.ts';

const table = (handle: RouteHandler): Routes<undefined> => ({
  'GET /health': { access: 'public', handle: () => handle },
});
const withRoute = (
  handle: RouteHandler,
): { api: ReturnType<typeof createApi>; telemetry: ReturnType<typeof recordedTelemetry> } => {
  const telemetry = recordedTelemetry();
  return { api: createApi(table(handle), undefined, telemetry), telemetry };
};
const ok: RouteHandler = () => Promise.resolve({ status: 200, data: 1 });
const failing =
  (error: unknown): RouteHandler =>
  () =>
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- anything can be thrown
    Promise.reject(error);

describe('createApi', () => {
  it('answers with the envelope and the correlation id of the caller', async () => {
    const { api } = withRoute(ok);

    const result = await api(apiEvent({ headers: { 'X-Correlation-ID': 'caller-1' } }), lambdaContext());

    expect(result).toMatchObject({ statusCode: 200, headers: { 'x-correlation-id': 'caller-1' } });
    expect(envelopeOf(result)).toEqual({ success: true, data: 1 });
  });

  it.each(['', 'a b', 'line\nbreak', '<script>', 'x'.repeat(129), 'ünïcode'])(
    'takes the request id of the gateway in place of the correlation id %p',
    async (sent) => {
      const { api } = withRoute(ok);

      const result = await api(apiEvent({ headers: { 'x-correlation-id': sent } }), lambdaContext());

      expect(result.headers).toHaveProperty('x-correlation-id', 'gateway-request-1');
    },
  );

  it('gives every line the correlation id, the request id and the route', async () => {
    const { api, telemetry } = withRoute(ok);

    await api(apiEvent(), lambdaContext('request-1'));

    expect(telemetry.lines.map(({ level, log_code: code }) => [level, code])).toEqual([
      ['INFO', 'INVOCATION_HANDLED'],
      ['DEBUG', 'MEMORY_USE'],
    ]);
    for (const line of telemetry.lines) {
      expect(line).toMatchObject({
        requestId: 'request-1',
        correlation_id: 'gateway-request-1',
        route: 'GET /health',
      });
    }
  });

  it('carries no key from one invocation into the next', async () => {
    const { api, telemetry } = withRoute(ok);
    await api(apiEvent({ headers: { 'x-correlation-id': 'first' } }), lambdaContext());

    await api(apiEvent(), lambdaContext());
    telemetry.logger.info('after');

    expect(telemetry.lines.at(-2)).toHaveProperty('correlation_id', 'gateway-request-1');
    expect(telemetry.lines.at(-1)).not.toHaveProperty('correlation_id');
  });

  it('counts success, refusal and failure, and publishes them at the end of the invocation', async () => {
    const telemetry = recordedTelemetry();
    const outcomes = [ok, failing(new ValidationError([])), failing(new Error('bug'))];

    for (const handle of outcomes) {
      await createApi(table(handle), undefined, telemetry)(apiEvent(), lambdaContext());
    }

    expect(telemetry.published).toEqual([['SuccessCount'], ['ClientErrorCount'], ['ErrorCount']]);
  });

  it.each([new Error('table arn:aws:dynamodb:secret'), 'text', null, undefined, { toString: null }])(
    'answers 500 without a word of what was thrown: %p',
    async (thrown) => {
      const { api, telemetry } = withRoute(failing(thrown));

      const result = await api(apiEvent(), lambdaContext());

      expect(result).toMatchObject({ statusCode: 500, headers: { 'x-correlation-id': 'gateway-request-1' } });
      expect(envelopeOf(result)).toEqual({
        success: false,
        error: { code: 'INTERNAL_ERROR' },
        message: 'Something went wrong.',
      });
      expect(telemetry.lines[0]).toMatchObject({ level: 'ERROR', log_code: 'INVOCATION_FAILED' });
    },
  );

  it('logs the names of refused fields and none of their values', async () => {
    const error = new ValidationError([{ field: 'email', message: 'not ada@example.com' }]);
    const { api, telemetry } = withRoute(failing(error));

    await api(apiEvent(), lambdaContext());

    expect(telemetry.lines[0]).toMatchObject({ log_code: 'INVOCATION_REFUSED', fields: ['email'] });
    expect(JSON.stringify(telemetry.lines)).not.toContain('ada@example.com');
  });

  it('answers 404 for a resource and 405 for a method that it does not have', async () => {
    const { api } = withRoute(ok);

    const missing = await api(apiEvent({ resource: '/nowhere' }), lambdaContext());
    const refused = await api(apiEvent({ method: 'DELETE' }), lambdaContext());

    expect(envelopeOf(missing).error?.code).toBe('NOT_FOUND');
    expect(refused).toMatchObject({ statusCode: 405, headers: { allow: 'GET' } });
  });

  it.each([
    ['a body on a GET', { body: '{"a":1}' }],
    ['a header outside Latin-1', { headers: { 'x-note': '日本' } }],
    ['a Host header that is no host', { headers: { Host: 'a b' } }],
  ])('is not disturbed by %s', async (_what, spec) => {
    const { api } = withRoute(ok);

    await expect(api(apiEvent(spec), lambdaContext())).resolves.toMatchObject({ statusCode: 200 });
  });

  it('runs the invocation inside a trace where there is one', async () => {
    const names: string[] = [];
    const telemetry = recordedTelemetry();
    const api = createApi(table(ok), undefined, {
      ...telemetry,
      trace: (name, annotations, work) => {
        names.push(`${name} ${annotations['correlation_id'] ?? ''}`);
        return work();
      },
    });

    await api(apiEvent(), lambdaContext());

    expect(names).toEqual(['## aviary-users-test gateway-request-1']);
  });
});
