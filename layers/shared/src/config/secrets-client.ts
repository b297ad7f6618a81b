import { captureClient } from '@shared/observability/tracer';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

/** Makes the Secrets Manager client of a function, with limits; call it once, outside the handler. */
export const secretsClient = (): SecretsManagerClient =>
  captureClient(
    new SecretsManagerClient({
      requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
      maxAttempts: 3,
    }),
  );
