import { logCodes } from '@shared/observability/log-codes';
import { logger } from '@shared/observability/logger';
import { captureClient } from '@shared/observability/tracer';
import { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import { LambdaClient } from '@aws-sdk/client-lambda';
import type { Verdict } from './check-traffic.ts';
import checks from './checks.json';
import { codeDeployDeployments } from './codedeploy-deployments.ts';
import { environment } from './environment.ts';
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

/** Asks a version; `failed` where it threw, and its answer is then the error. @throws {Error} where it does not answer */
export type InvokeVersion = (
  version: Moving,
  event: Json,
) => Promise<{ readonly answer: Json; readonly failed: boolean }>;

/** What the hook needs. */
export interface HookDependencies {
  readonly deployments: Deployments;
  readonly invoke: InvokeVersion;
  /** By the function's name in Lambda. */
  readonly checksOf: (functionName: string) => readonly TrafficCheck[];
  readonly onVerdict: (verdict: Verdict) => void;
}

const known = trafficChecks.parse(checks);
const { APP, STAGE } = environment;

/** What it needs in production. */
export const dependencies: HookDependencies = {
  deployments: codeDeployDeployments(captureClient(new CodeDeployClient())),
  invoke: lambdaVersions(captureClient(new LambdaClient())),
  checksOf: (functionName) =>
    Object.entries(known).find(([name]) => functionName === `${APP}-${name}-${STAGE}`)?.[1] ?? [],
  onVerdict: ({ status, reason, ...facts }) => {
    const line = { log_code: logCodes.trafficChecked, status, reason, ...facts };
    if (status === 'Succeeded') logger.info('Traffic may move', line);
    else logger.error('Traffic may not move', line);
  },
};
