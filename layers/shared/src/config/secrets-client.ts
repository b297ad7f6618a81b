import { captureClient } from '@shared/observability/tracer';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

/** How long Secrets Manager may take to answer, in milliseconds of each attempt. */
export interface SecretsLimits {
  readonly connectionTimeout: number;
  readonly requestTimeout: number;
  readonly maxAttempts: number;
}

const patience: SecretsLimits = { connectionTimeout: 1_000, requestTimeout: 3_000, maxAttempts: 3 };

/** Makes the Secrets Manager client of a function, with limits; call it once, outside the handler. */
export function secretsClient({ maxAttempts, ...limits } = patience): SecretsManagerClient {
  return captureClient(
    new SecretsManagerClient({ requestHandler: { ...limits, throwOnRequestTimeout: true }, maxAttempts }),
  );
}
