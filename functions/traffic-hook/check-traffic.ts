import { parse } from '@shared/validation/parse';
import { findDifference } from './find-difference.ts';
import type { HookDependencies, Moving } from './dependencies.ts';
import { hookEvent, type TrafficCheck } from './schema.ts';

/** What CodeDeploy is told, and why. */
export interface Verdict {
  readonly deploymentId: string;
  readonly status: 'Succeeded' | 'Failed';
  /** `aviary-users-production:7`; undefined where it cannot be told. */
  readonly version?: string | undefined;
  readonly reason: string;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : 'something was thrown');

async function ask(check: TrafficCheck, moving: Moving, { invoke }: HookDependencies): Promise<string | undefined> {
  try {
    const { answer, failed } = await invoke(moving, check.event);
    const difference = findDifference(check.answer, answer);
    if (difference !== undefined)
      return `${check.what}: ${difference} is not as expected${failed ? ', it failed' : ''}`;
    return undefined;
  } catch (error) {
    return `${check.what}: ${messageOf(error)}`;
  }
}

async function judge(deploymentId: string, needs: HookDependencies): Promise<Verdict> {
  let version: string | undefined;
  try {
    const moving = await needs.deployments.moving(deploymentId);
    version = `${moving.functionName}:${moving.version}`;
    const checks = needs.checksOf(moving.functionName);
    if (checks.length === 0) return { deploymentId, version, status: 'Failed', reason: 'it has no checks' };
    for (const check of checks) {
      const reason = await ask(check, moving, needs);
      if (reason !== undefined) return { deploymentId, version, status: 'Failed', reason };
    }
    return { deploymentId, version, status: 'Succeeded', reason: `${checks.length} checks passed` };
  } catch (error) {
    return { deploymentId, version, status: 'Failed', reason: messageOf(error) };
  }
}

/**
 * Before traffic moves: asks the version that is to get it what its function's checks ask, and tells CodeDeploy whether it
 * may. Whatever goes wrong here is a Failed: told nothing, CodeDeploy would wait for an hour.
 * @throws {ValidationError} for what is no event of CodeDeploy
 */
export async function checkTraffic(event: unknown, needs: HookDependencies): Promise<Verdict> {
  const { DeploymentId: deploymentId, LifecycleEventHookExecutionId: hookId } = parse(hookEvent, event);
  const verdict = await judge(deploymentId, needs);
  needs.onVerdict(verdict);
  await needs.deployments.tell(deploymentId, hookId, verdict.status);
  return verdict;
}
