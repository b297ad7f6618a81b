import { captureClient } from '@shared/observability/tracer';
import { logCodes } from '@shared/observability/log-codes';
import { logger } from '@shared/observability/logger';
import { CodePipelineClient } from '@aws-sdk/client-codepipeline';
import { codePipeline } from './codepipeline.ts';
import type { DeployStarter } from './deploy-starter.ts';
import type { environment } from './environment.ts';
import { logStarter } from './log-starter.ts';

type Settings = Pick<typeof environment, 'DEPLOY_WITH' | 'DEPLOY_PIPELINE'>;

/**
 * The starter that the template asks for.
 * @throws {Error} for a name that is none of them
 */
export function productionStarter(settings: Settings, workflow: DeployStarter): DeployStarter {
  switch (settings.DEPLOY_WITH) {
    case 'github':
      return workflow;
    case 'codepipeline': {
      const requestHandler = { connectionTimeout: 1_000, requestTimeout: 5_000, throwOnRequestTimeout: true };
      return codePipeline(
        captureClient(new CodePipelineClient({ requestHandler, maxAttempts: 2 })),
        settings.DEPLOY_PIPELINE,
      );
    }
    case 'log':
      return logStarter((request) => {
        logger.info('A deployment would start here', { log_code: logCodes.deployStarted, ...request });
      });
    default:
      throw new Error('DEPLOY_WITH must be github, codepipeline or log');
  }
}
