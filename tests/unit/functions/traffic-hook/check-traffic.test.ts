import { checkTraffic } from '../../../../functions/traffic-hook/check-traffic.ts';
import type { HookDependencies } from '../../../../functions/traffic-hook/dependencies.ts';

const event = { DeploymentId: 'd-1', LifecycleEventHookExecutionId: 'h-1' };
const check = { what: 'it is well', event: {}, answer: { statusCode: 200 } };

/** A hook whose function answers well, and what CodeDeploy was told. */
function aHook(over: Partial<HookDependencies> = {}) {
  const told: string[] = [];
  const logged: string[] = [];
  const needs: HookDependencies = {
    deployments: {
      moving: () => Promise.resolve({ functionName: 'aviary-users-production', version: '7' }),
      tell: (deploymentId, hookId, status) => {
        told.push(`${deploymentId} ${hookId} ${status}`);
        return Promise.resolve();
      },
    },
    invoke: () => Promise.resolve({ answer: { statusCode: 200 }, failed: false }),
    checksOf: () => [check],
    onVerdict: (_id, { status, reason }) => logged.push(`${status}: ${reason}`),
    ...over,
  };
  return { told, logged, ask: (asked: unknown = event) => checkTraffic(asked, needs), needs };
}

describe('checkTraffic', () => {
  it('lets traffic move where the new version answers as it should', async () => {
    const hook = aHook();

    await expect(hook.ask()).resolves.toMatchObject({ status: 'Succeeded', version: 'aviary-users-production:7' });
    expect([hook.told, hook.logged]).toEqual([['d-1 h-1 Succeeded'], ['Succeeded: its checks passed']]);
  });

  it.each([
    [
      'answers otherwise',
      { invoke: () => Promise.resolve({ answer: { statusCode: 500 }, failed: false }) },
      'statusCode',
    ],
    ['throws', { invoke: () => Promise.resolve({ answer: { errorMessage: 'x' }, failed: true }) }, 'it failed'],
    ['does not answer in time', { invoke: () => Promise.reject(new Error('The operation was aborted')) }, 'aborted'],
    ['has no checks', { checksOf: () => [] }, 'it has no checks'],
    [
      'cannot be told',
      { deployments: { moving: () => Promise.reject(new Error('No such deployment')), tell: () => Promise.resolve() } },
      'No such deployment',
    ],
  ] satisfies [string, Partial<HookDependencies>, string][])(
    'says Failed, and why, where the version %s',
    async (_what, over, reason) => {
      const hook = aHook(over);

      await expect(hook.ask()).resolves.toMatchObject({ status: 'Failed' });
      expect(hook.logged).toEqual([expect.stringMatching(new RegExp(`^Failed: .*${reason}`))]);
    },
  );

  it('fails itself where CodeDeploy cannot be told, so that Lambda invokes it again', async () => {
    const { needs } = aHook();
    const deployments = { ...needs.deployments, tell: () => Promise.reject(new Error('Away')) };

    await expect(aHook({ deployments }).ask()).rejects.toThrow('Away');
  });

  it('gives a rehearsal the verdict, and tells nobody', async () => {
    const hook = aHook();

    await expect(hook.ask({ FunctionName: 'aviary-users-local', Version: '3' })).resolves.toMatchObject({
      status: 'Succeeded',
      version: 'aviary-users-local:3',
    });
    expect([hook.told, hook.logged]).toEqual([[], []]);
  });

  it.each([{}, null, { DeploymentId: 'd-1' }, { FunctionName: 'f' }])('refuses %j', async (asked) => {
    await expect(aHook().ask(asked)).rejects.toMatchObject({ name: 'ValidationError' });
  });
});
