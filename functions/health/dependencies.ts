import { readDeployment, type Deployment } from '@shared/config/deployment';
import { createDocumentClient } from '@shared/dynamodb/document-client';
import { logCodes } from '@shared/observability/log-codes';
import { logger } from '@shared/observability/logger';
import { tableCheck } from './check-table.ts';
import { environment } from './environment.ts';

/** One thing that has to answer; `run` rejects when it does not, and gives up when the signal aborts. */
export interface HealthCheck {
  readonly name: string;
  readonly run: (signal: AbortSignal) => Promise<unknown>;
}

/** What the health function needs; each check has `timeoutMs`, and `clock` gives milliseconds. */
export interface HealthDependencies {
  readonly deployment: Deployment;
  readonly checks: readonly HealthCheck[];
  readonly timeoutMs: number;
  readonly clock: () => number;
  readonly onFailure: (check: string, error: unknown) => void;
}

/** What it needs in production. */
export const dependencies: HealthDependencies = {
  deployment: readDeployment(),
  checks: [tableCheck(createDocumentClient(), environment.TABLE_NAME)],
  timeoutMs: 2_000,
  clock: () => performance.now(),
  onFailure: (check, error) => {
    logger.error('Health check failed', { log_code: logCodes.dependencyDown, check, error });
  },
};
