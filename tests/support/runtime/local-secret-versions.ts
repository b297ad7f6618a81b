import { randomUUID } from 'node:crypto';
import {
  CreateSecretCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
  type SecretsManagerClientConfig,
} from '@aws-sdk/client-secrets-manager';
import { secretsManagerVersions } from '../../../functions/secret-rotation/secrets-manager-versions.ts';
import type { MemorySecretVersions } from './memory-secret-versions.ts';

/**
 * Secrets of the local cloud. Its RotateSecret calls no function: what Secrets Manager does before it calls one is done
 * here, which is to make a version that has a label and no text.
 */
export function localSecretVersions(config: SecretsManagerClientConfig): MemorySecretVersions {
  const client = new SecretsManagerClient(config);
  return {
    ...secretsManagerVersions(client),
    add: async (SecretString) => {
      const { ARN = '' } = await client.send(new CreateSecretCommand({ Name: `secret-${randomUUID()}`, SecretString }));
      return ARN;
    },
    beginRotation: async (SecretId) => {
      const ClientRequestToken = randomUUID();
      await client.send(new PutSecretValueCommand({ SecretId, ClientRequestToken, VersionStages: ['AWSPENDING'] }));
      return ClientRequestToken;
    },
  };
}
