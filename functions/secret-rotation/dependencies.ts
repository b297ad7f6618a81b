import { randomBytes } from 'node:crypto';
import type { SigningKey } from '@shared/auth/signing-keys';
import { secretsClient } from '@shared/config/secrets-client';
import { logCodes } from '@shared/observability/log-codes';
import { logger } from '@shared/observability/logger';
import type { RotationReport } from './rotate-secret.ts';
import type { SecretVersions } from './secret-versions.ts';
import { secretsManagerVersions } from './secrets-manager-versions.ts';

/** What a rotation needs. */
export interface RotationDependencies {
  readonly versions: SecretVersions;
  readonly newKey: () => SigningKey;
  readonly onStep: (report: RotationReport) => void;
}

/** What it needs in production. */
export const dependencies: RotationDependencies = {
  versions: secretsManagerVersions(secretsClient()),
  newKey: () => ({ kid: randomBytes(9).toString('base64url'), key: randomBytes(32).toString('base64url') }),
  onStep: (report) => {
    logger.info('Rotation step', { log_code: logCodes.rotationStep, ...report });
  },
};
