import type { ApiResponse } from '@shared/http/respond';
import type { RouteHandler } from '@shared/http/route-table';
import type { HealthCheck, HealthDependencies } from './dependencies.ts';

/** The result of one check; `ms` is how long it took, rounded. */
interface CheckResult {
  readonly name: string;
  readonly ok: boolean;
  readonly ms: number;
}

// A check may ignore its signal; the answer must not wait for it all the same.
const expiry = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => {
      reject(new Error('The check took too long', { cause: signal.reason }));
    });
  });

async function runCheck(check: HealthCheck, needs: HealthDependencies): Promise<CheckResult> {
  const started = needs.clock();
  const signal = AbortSignal.timeout(needs.timeoutMs);
  const failure = await Promise.race([check.run(signal), expiry(signal)]).then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
  if (failure !== undefined) needs.onFailure(check.name, failure.error);
  return { name: check.name, ok: failure === undefined, ms: Math.round(needs.clock() - started) };
}

/** `GET /health`: what runs here and whether it reaches what it needs; 503 when a check fails. */
export function reportHealth(needs: HealthDependencies): RouteHandler {
  return async (): Promise<ApiResponse> => {
    const checks = await Promise.all(needs.checks.map((check) => runCheck(check, needs)));
    if (checks.every(({ ok }) => ok)) return { status: 200, data: { status: 'ok', ...needs.deployment, checks } };
    return {
      status: 503,
      data: { status: 'failing', ...needs.deployment, checks },
      error: { code: 'UNHEALTHY', message: 'A dependency does not answer.' },
    };
  };
}
