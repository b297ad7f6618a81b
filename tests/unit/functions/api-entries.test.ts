import { apiEvent, envelopeOf } from '../../support/runtime/api-event.ts';
import { useEntryEnvironment } from '../../support/runtime/entry-environment.ts';
import { lambdaContext } from '../../support/runtime/lambda-context.ts';

const environment = {
  // Sends lines and metrics to the global console, where a test can read them.
  POWERTOOLS_DEV: 'true',
  POWERTOOLS_LOG_LEVEL: 'DEBUG',
  POWERTOOLS_METRICS_DISABLED: 'false',
  TABLE_NAME: 'table',
  EVENTS_TABLE_NAME: 'events',
  PAGE_TOKEN_SECRET_NAME: 'secret',
  RELEASE: 'r1',
};

describe.each([
  {
    name: 'users',
    load: () => import('../../../functions/users/handler.ts'),
    empty: { TABLE_NAME: '', STAGE: '' },
    missing: 'STAGE, TABLE_NAME',
  },
  {
    name: 'orders',
    load: () => import('../../../functions/orders/handler.ts'),
    empty: { TABLE_NAME: '', EVENTS_TABLE_NAME: '' },
    missing: 'TABLE_NAME, EVENTS_TABLE_NAME',
  },
])('the entry of the $name function', ({ name, load, empty, missing }) => {
  useEntryEnvironment(name, environment);

  it('writes its lines and metrics as JSON, with the ids of the invocation', async () => {
    const written: unknown[] = [];
    for (const method of ['debug', 'info', 'log'] as const) {
      jest.spyOn(console, method).mockImplementation((...texts: unknown[]) => {
        written.push(JSON.parse(String(texts[0])));
      });
    }
    const { handler } = await load();

    const result = await handler(
      apiEvent({ resource: `/${name}`, method: 'POST', body: [] }),
      lambdaContext('request-1'),
    );

    expect(result.statusCode).toBe(400);
    const ids = { correlation_id: 'gateway-request-1', function_request_id: 'request-1' };
    const source = { service: name, stage: 'test', release: 'r1', function_name: 'aviary-users-test' };
    expect(written).toEqual([
      expect.objectContaining({
        level: 'INFO',
        log_code: 'INVOCATION_REFUSED',
        route: `POST /${name}`,
        ...ids,
        ...source,
      }),
      expect.objectContaining({ level: 'DEBUG', log_code: 'MEMORY_USE', ...ids, ...source }),
      expect.objectContaining({ service: name, stage: 'test', ClientErrorCount: 1 }),
    ]);
  });

  it('answers a route that needs no table', async () => {
    for (const method of ['debug', 'info', 'log'] as const) jest.spyOn(console, method).mockReturnValue();
    const { handler } = await load();

    const result = await handler(apiEvent({ resource: `/${name}`, method: 'PATCH' }), lambdaContext());

    expect(result).toMatchObject({ statusCode: 405, headers: { allow: 'GET, POST' } });
    expect(envelopeOf(result).success).toBe(false);
  });

  it('does not start without its environment, and names everything that is missing', async () => {
    process.env = { ...process.env, ...empty };

    await expect(load()).rejects.toThrow(`Missing environment variables: ${missing}`);
  });
});
