import type { ApiHandler } from '@shared/http/api';
import { apiEvent, envelopeOf } from '../../../support/runtime/api-event.ts';
import { lambdaContext } from '../../../support/runtime/lambda-context.ts';

const environment = {
  STAGE: 'test',
  POWERTOOLS_SERVICE_NAME: 'users',
  POWERTOOLS_METRICS_NAMESPACE: 'aviary',
  POWERTOOLS_LOG_LEVEL: 'DEBUG',
  TABLE_NAME: 'table',
  PAGE_TOKEN_SECRET_NAME: 'secret',
  RELEASE: 'r1',
  AWS_REGION: 'eu-west-1',
  // Sends lines and metrics to the global console, where a test can read them.
  POWERTOOLS_DEV: 'true',
  POWERTOOLS_METRICS_DISABLED: 'false',
};

const load = async (): Promise<ApiHandler> => (await import('../../../../functions/users/handler.ts')).handler;

describe('the entry of the users function', () => {
  const before = process.env;

  beforeEach(() => {
    process.env = { ...before, ...environment };
    jest.resetModules();
  });

  afterEach(() => {
    process.env = before;
    jest.restoreAllMocks();
  });

  it('writes its lines and metrics as JSON, with the ids of the invocation', async () => {
    const written: unknown[] = [];
    for (const method of ['debug', 'info', 'log'] as const) {
      jest.spyOn(console, method).mockImplementation((...texts: unknown[]) => {
        written.push(JSON.parse(String(texts[0])));
      });
    }
    const handler = await load();

    const result = await handler(
      apiEvent({ resource: '/users', method: 'POST', body: [] }),
      lambdaContext('request-1'),
    );

    expect(result.statusCode).toBe(400);
    const ids = { correlation_id: 'gateway-request-1', function_request_id: 'request-1' };
    const source = { service: 'users', stage: 'test', release: 'r1', function_name: 'aviary-users-test' };
    expect(written).toEqual([
      expect.objectContaining({
        level: 'INFO',
        log_code: 'INVOCATION_REFUSED',
        route: 'POST /users',
        ...ids,
        ...source,
      }),
      expect.objectContaining({ level: 'DEBUG', log_code: 'MEMORY_USE', ...ids, ...source }),
      expect.objectContaining({ service: 'users', stage: 'test', ClientErrorCount: 1 }),
    ]);
  });

  it('answers a route that needs no table', async () => {
    for (const method of ['debug', 'info', 'log'] as const) jest.spyOn(console, method).mockReturnValue();
    const handler = await load();

    const result = await handler(apiEvent({ resource: '/users', method: 'PATCH' }), lambdaContext());

    expect(result).toMatchObject({ statusCode: 405, headers: { allow: 'GET, POST' } });
    expect(envelopeOf(result).success).toBe(false);
  });

  it('does not start without its environment, and names everything that is missing', async () => {
    process.env = { ...before, ...environment, TABLE_NAME: '', STAGE: '' };

    await expect(load()).rejects.toThrow('Missing environment variables: STAGE, TABLE_NAME');
  });
});
