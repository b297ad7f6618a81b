import { observeInvocation } from '@shared/observability/observe-invocation';
import { lambdaContext } from '../../../../support/runtime/lambda-context.ts';
import { recordedTelemetry } from '../../../../support/runtime/recorded-telemetry.ts';

describe('observeInvocation', () => {
  it('logs the memory in use against the limit, in MB', async () => {
    const telemetry = recordedTelemetry();

    await observeInvocation(telemetry, lambdaContext(), 'c-1', () => Promise.resolve());

    expect(telemetry.lines).toEqual([
      expect.objectContaining({
        level: 'DEBUG',
        log_code: 'MEMORY_USE',
        memory: { rss_mb: expect.any(Number) as number, heap_used_mb: expect.any(Number) as number, limit_mb: 256 },
      }),
    ]);
  });

  it('ends a failed invocation as it ends any other, and passes the failure on', async () => {
    const telemetry = recordedTelemetry();
    const bug = new Error('bug');

    const run = observeInvocation(telemetry, lambdaContext(), 'c-1', () => Promise.reject(bug));

    await expect(run).rejects.toBe(bug);
    expect(telemetry.published).toHaveLength(1);
    expect(telemetry.lines).toHaveLength(1);
  });
});
