import type { HealthCheck, HealthDependencies } from '../../../../functions/health/dependencies.ts';
import { healthRoutes } from '../../../../functions/health/routes.ts';
import { apiEvent, envelopeOf } from '../../../support/runtime/api-event.ts';
import { documentedApi } from '../../../support/runtime/documented-api.ts';
import { lambdaContext } from '../../../support/runtime/lambda-context.ts';
import { recordedTelemetry } from '../../../support/runtime/recorded-telemetry.ts';

const deployment = { stage: 'local', release: 'r1', commit: 'c1', version: '7' };
const passing = { name: 'table', run: () => Promise.resolve() };

function health(...checks: HealthCheck[]): {
  readonly ask: () => ReturnType<ReturnType<typeof documentedApi>>;
  readonly failures: [string, unknown][];
} {
  const failures: [string, unknown][] = [];
  let ticks = 0;
  const needs: HealthDependencies = {
    deployment,
    checks,
    timeoutMs: 20,
    clock: () => (ticks += 5.2),
    onFailure: (check, error) => failures.push([check, error]),
  };
  const handler = documentedApi(healthRoutes, needs, recordedTelemetry());
  return { ask: () => handler(apiEvent(), lambdaContext()), failures };
}

describe('GET /health', () => {
  it('tells what runs and how long each check took', async () => {
    const { ask } = health(passing);

    const result = await ask();

    expect(result.statusCode).toBe(200);
    expect(envelopeOf(result)).toEqual({
      success: true,
      data: { status: 'ok', ...deployment, checks: [{ name: 'table', ok: true, ms: 5 }] },
    });
  });

  it('answers 503 when a check fails, and keeps the reason to the log', async () => {
    const reason = new Error('arn:aws:dynamodb:eu-west-1:123456789012:table/x not found');
    const { ask, failures } = health(passing, { name: 'cache', run: () => Promise.reject(reason) });

    const result = await ask();

    expect(result.statusCode).toBe(503);
    expect(envelopeOf(result)).toMatchObject({
      success: false,
      data: { status: 'failing', checks: [{ ok: true }, { name: 'cache', ok: false }] },
      error: { code: 'UNHEALTHY' },
    });
    expect(result.body).not.toContain('arn:');
    expect(failures).toEqual([['cache', reason]]);
  });

  it('does not wait for a check that never ends, and tells it to stop', async () => {
    let told: AbortSignal | undefined;
    const hanging: HealthCheck = {
      name: 'table',
      run: (signal) => {
        told = signal;
        return new Promise(() => undefined);
      },
    };
    const { ask } = health(hanging);

    const result = await ask();

    expect(result.statusCode).toBe(503);
    expect(told?.aborted).toBe(true);
  });
});
