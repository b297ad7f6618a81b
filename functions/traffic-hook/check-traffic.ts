import { parse } from '@shared/validation/parse';
import type { HookDependencies, Moving } from './dependencies.ts';
import { judgeVersion } from './judge-version.ts';
import { hookEvent, rehearsalEvent } from './schema.ts';
import * as z from 'zod';

/** What CodeDeploy is told, and why. */
export interface Verdict {
  readonly status: 'Succeeded' | 'Failed';
  /** `aviary-users-production:7`; undefined where it cannot be told. */
  readonly version: string | undefined;
  readonly reason: string;
}

async function judge(find: () => Promise<Moving>, { checksOf, invoke }: HookDependencies): Promise<Verdict> {
  let version: string | undefined;
  try {
    const moving = await find();
    version = `${moving.functionName}:${moving.version}`;
    const problem = await judgeVersion(checksOf(moving.functionName), (event) => invoke(moving, event));
    if (problem === undefined) return { version, status: 'Succeeded', reason: 'its checks passed' };
    return { version, status: 'Failed', reason: problem };
  } catch (error) {
    return { version, status: 'Failed', reason: error instanceof Error ? error.message : 'something was thrown' };
  }
}

/**
 * Before traffic moves: asks the version that is to get it what its function's checks ask, and tells CodeDeploy whether it
 * may. Whatever goes wrong here is a Failed: told nothing, CodeDeploy would wait for an hour. A rehearsal gets the verdict
 * alone.
 * @throws {ValidationError} for what is neither's event
 */
export async function checkTraffic(event: unknown, needs: HookDependencies): Promise<Verdict> {
  const asked = parse(z.union([hookEvent, rehearsalEvent]), event);
  if ('Version' in asked) {
    return judge(() => Promise.resolve({ functionName: asked.FunctionName, version: asked.Version }), needs);
  }
  const { DeploymentId: deploymentId, LifecycleEventHookExecutionId: hookId } = asked;
  const verdict = await judge(() => needs.deployments.moving(deploymentId), needs);
  needs.onVerdict(deploymentId, verdict);
  await needs.deployments.tell(deploymentId, hookId, verdict.status);
  return verdict;
}
