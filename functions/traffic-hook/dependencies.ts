import { logCodes } from '@shared/observability/log-codes';
import { logger } from '@shared/observability/logger';
import { captureClient } from '@shared/observability/tracer';
import { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import { LambdaClient } from '@aws-sdk/client-lambda';
import type { Verdict } from './check-traffic.ts';
import checks from './checks.json';
import { codeDeployDeployments } from './codedeploy-deployments.ts';
import { environment } from './environment.ts';
import type { Ask } from './judge-version.ts';
import { lambdaVersions } from './lambda-versions.ts';
import { trafficChecks, type Json, type TrafficCheck } from './schema.ts';

/** A version that is about to get traffic. */
export interface Moving {
  /** Its name in Lambda. */
  readonly functionName: string;
  readonly version: string;
}

/** Deployments that wait for a hook. */
export interface Deployments {
  /** @throws {Error} where it cannot be told */
  readonly moving: (deploymentId: string) => Promise<Moving>;
  readonly tell: (deploymentId: string, hookId: string, status: 'Succeeded' | 'Failed') => Promise<void>;
}

/** Asks a version by its number. */
export type InvokeVersion = (version: Moving, event: Json) => ReturnType<Ask>;

/** What the hook needs. */
export interface HookDependencies {
  readonly deployments: Deployments;
  readonly invoke: InvokeVersion;
  /** By the function's name in Lambda. */
  readonly checksOf: (functionName: string) => readonly TrafficCheck[];
  readonly onVerdict: (deploymentId: string, verdict: Verdict) => void;
}

const known = trafficChecks.parse(checks);
const { APP, STAGE } = environment;

/** What it needs in production. */
export const dependencies: HookDependencies = {
  deployments: codeDeployDeployments(captureClient(new CodeDeployClient())),
  invoke: lambdaVersions(captureClient(new LambdaClient())),
  checksOf: (functionName) =>
    Object.entries(known).find(([name]) => functionName === `${APP}-${name}-${STAGE}`)?.[1] ?? [],
  onVerdict: (deployment_id, verdict) => {
    const line = { log_code: logCodes.trafficChecked, deployment_id, ...verdict };
    if (verdict.status === 'Succeeded') logger.info('Traffic may move', line);
    else logger.error('Traffic may not move', line);
  },
};
