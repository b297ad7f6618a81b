import { UnavailableError } from '@shared/errors/app-error';
import {
  CodePipelineServiceException,
  StartPipelineExecutionCommand,
  type CodePipelineClient,
} from '@aws-sdk/client-codepipeline';
import type { DeployStarter } from './deploy-starter.ts';

const passing = new Set([
  'ConcurrentPipelineExecutionsLimitExceededException',
  'ConflictException',
  'ThrottlingException',
]);

/** What is no answer of the service at all, such as a lost connection, passes as well. */
const passes = (error: unknown): boolean =>
  !(error instanceof CodePipelineServiceException) || error.$fault === 'server' || passing.has(error.name);

/** Starts an execution of a pipeline, whose source is the branch; the same delivery starts no second one. */
export function codePipeline(client: Pick<CodePipelineClient, 'send'>, pipeline: string): DeployStarter {
  return {
    start: async ({ deliveryId }) => {
      try {
        await client.send(new StartPipelineExecutionCommand({ name: pipeline, clientRequestToken: deliveryId }));
      } catch (cause) {
        throw passes(cause) ? new UnavailableError('CodePipeline does not start it now', 60, { cause }) : cause;
      }
    },
  };
}
