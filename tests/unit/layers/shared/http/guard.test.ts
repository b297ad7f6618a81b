import { createApi } from '@shared/http/api';
import type { CallerRequest } from '@shared/http/api-request';
import type { Routes } from '@shared/http/route-table';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { aCaller } from '../../../../support/runtime/a-caller.ts';
import { apiEvent, envelopeOf, type RequestSpec } from '../../../../support/runtime/api-event.ts';
import { lambdaContext } from '../../../../support/runtime/lambda-context.ts';
import { recordedTelemetry } from '../../../../support/runtime/recorded-telemetry.ts';

const whoCalls = (greeting: string) => (request: CallerRequest) =>
  Promise.resolve({ status: 200, data: `${greeting} ${request.caller.userId}` });
const routes: Routes<string> = {
  'GET /health': { access: 'public', handle: () => () => Promise.resolve({ status: 200 }) },
  'GET /users': { access: 'users:read', handle: whoCalls },
};
const ask = (spec: RequestSpec): Promise<APIGatewayProxyResult> =>
  createApi(routes, 'I am', recordedTelemetry())(apiEvent(spec), lambdaContext());

describe('a protected route', () => {
  it('is told who calls, and what it needs', async () => {
    const caller = aCaller();

    const result = await ask({ resource: '/users', caller });

    expect(envelopeOf(result).data).toBe(`I am ${caller.userId}`);
  });

  it('answers 401 and how to authenticate where no authorizer stands before it', async () => {
    const result = await ask({ resource: '/users', caller: null });

    expect(result).toMatchObject({ statusCode: 401, headers: { 'www-authenticate': 'Bearer' } });
    expect(envelopeOf(result).error?.code).toBe('UNAUTHORIZED');
  });

  it('answers 401 when the token has ended while the gateway kept the answer of the authorizer', async () => {
    const expiresAt = Math.floor(Date.now() / 1_000) - 60;

    await expect(ask({ resource: '/users', caller: aCaller({ expiresAt }) })).resolves.toMatchObject({
      statusCode: 401,
    });
  });

  it('answers 403 and names the scope that is missing, before it looks at anything else', async () => {
    const caller = aCaller({ scopes: new Set(['users:write', 'admin']) });
    const event = apiEvent({ resource: '/users', caller });

    const result = await createApi(
      routes,
      '',
      recordedTelemetry(),
    )({ ...event, multiValueQueryStringParameters: { limit: ['1', '2'] } }, lambdaContext());

    expect(result.statusCode).toBe(403);
    expect(envelopeOf(result).error).toEqual({
      code: 'FORBIDDEN',
      details: [{ field: 'scope', message: 'users:read is needed' }],
    });
  });
});

describe('a public route', () => {
  it('answers whoever asks', async () => {
    await expect(ask({ caller: null })).resolves.toMatchObject({ statusCode: 200 });
  });
});
