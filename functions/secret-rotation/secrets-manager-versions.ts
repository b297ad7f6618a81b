import { NotFoundError, UnavailableError } from '@shared/errors/app-error';
import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  UpdateSecretVersionStageCommand,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import type { SecretVersions } from './secret-versions.ts';

async function named<Answer>(call: Promise<Answer>): Promise<Answer> {
  try {
    return await call;
  } catch (cause) {
    if (cause instanceof ResourceNotFoundException) throw new NotFoundError('There is no such secret', [], { cause });
    throw new UnavailableError('Secrets Manager did not do what it was asked for', 5, { cause });
  }
}

/** The versions of secrets in Secrets Manager. */
export function secretsManagerVersions(client: Pick<SecretsManagerClient, 'send'>): SecretVersions {
  return {
    labels: async (SecretId) => {
      const { VersionIdsToStages = {} } = await named(client.send(new DescribeSecretCommand({ SecretId })));
      return new Map(Object.entries(VersionIdsToStages));
    },
    read: async (SecretId, VersionStage, VersionId) => {
      try {
        const answer = await named(client.send(new GetSecretValueCommand({ SecretId, VersionStage, VersionId })));
        return answer.SecretString;
      } catch (error) {
        // It is there by its label alone until it is written for the first time.
        if (error instanceof NotFoundError && VersionStage === 'AWSPENDING') return undefined;
        throw error;
      }
    },
    writePending: async (SecretId, ClientRequestToken, SecretString) => {
      const VersionStages = ['AWSPENDING'];
      await named(
        client.send(new PutSecretValueCommand({ SecretId, ClientRequestToken, SecretString, VersionStages })),
      );
    },
    makeCurrent: async (SecretId, MoveToVersionId, RemoveFromVersionId) => {
      const move = { SecretId, VersionStage: 'AWSCURRENT', MoveToVersionId, RemoveFromVersionId };
      await named(client.send(new UpdateSecretVersionStageCommand(move)));
    },
  };
}
