import { readSecret, secretsManager } from '@shared/config/secret';
import { createDocumentClient } from '@shared/dynamodb/document-client';
import { logCodes } from '@shared/observability/log-codes';
import { logger } from '@shared/observability/logger';
import { metrics } from '@shared/observability/metrics';
import { affectedFunctions, type Affected } from './affected-functions.ts';
import type { Deliveries } from './deliveries.ts';
import type { DeployStarter } from './deploy-starter.ts';
import { dynamoDbDeliveries } from './dynamodb-deliveries.ts';
import { environment } from './environment.ts';
import filters from './filters.json';
import type { ComparePaths } from './github-compare.ts';
import { productionGitHub } from './production-github.ts';
import { productionStarter } from './production-starter.ts';
import { webhookSecret, type WebhookSecret } from './schema.ts';

/** What became of a push. */
export interface PushReport {
  readonly deliveryId: string;
  readonly commit: string;
  readonly affected: Affected;
  readonly started: boolean;
}

/** What the webhook needs; only pushes to the target's branch (a full ref) of its repository (`owner/name`) count. */
export interface WebhookDependencies {
  readonly secret: () => Promise<WebhookSecret>;
  readonly target: { readonly repository: string; readonly branch: string };
  readonly affected: (paths: Iterable<string>) => Affected;
  readonly compare: ComparePaths;
  readonly deliveries: Deliveries;
  readonly starter: DeployStarter;
  readonly onPush: (report: PushReport) => void;
  readonly onProblem: (message: string, error: unknown) => void;
}

const fetchSecret = secretsManager();
const secret = (): Promise<WebhookSecret> => readSecret(environment.SECRET_NAME, webhookSecret, fetchSecret);
const gitHub = productionGitHub(environment, async () => (await secret()).githubToken);

/** What it needs in production. */
export const dependencies: WebhookDependencies = {
  secret,
  target: { repository: environment.DEPLOY_REPOSITORY, branch: environment.DEPLOY_BRANCH },
  affected: affectedFunctions(filters),
  compare: gitHub.compare,
  deliveries: dynamoDbDeliveries(createDocumentClient(), environment.TABLE_NAME, () => Math.floor(Date.now() / 1_000)),
  starter: productionStarter(environment, gitHub.workflow),
  onPush: (report) => {
    if (report.started) metrics.count('DeploymentsStarted');
    logger.info('Push handled', { log_code: logCodes.pushHandled, ...report });
  },
  onProblem: (message, error) => {
    logger.warn(message, { error });
  },
};
