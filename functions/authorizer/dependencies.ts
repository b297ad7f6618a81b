import { randomUUID } from 'node:crypto';
import { stageSigningKeys } from '@shared/auth/stage-signing-keys';
import { secretsManager } from '@shared/config/secret';
import { createSecurityEventPublisher, type PublishSecurityEvent } from '@shared/events/security-event-publisher';
import { logger } from '@shared/observability/logger';
import { environment, providerSettings } from './environment.ts';
import { providerIssuer, stageIssuer, type Issuer } from './issuers.ts';

/** What the authorizer needs; `publish` tells the security stream of what was refused. */
export interface AuthorizerDependencies {
  readonly issuers: readonly Issuer[];
  readonly publish: PublishSecurityEvent;
  readonly now: () => Date;
  readonly newId: () => string;
  readonly onProblem: (message: string, error: unknown) => void;
}

const { STAGE_ISSUER, STAGE_AUDIENCE, SIGNING_KEYS_SECRET_NAME, SECURITY_STREAM_NAME } = environment;
const ofStage = stageIssuer(STAGE_ISSUER, STAGE_AUDIENCE, stageSigningKeys(SIGNING_KEYS_SECRET_NAME, secretsManager()));

const publish = createSecurityEventPublisher(SECURITY_STREAM_NAME);

/** What it needs in production; made once, so that keys and connections outlive an invocation. */
export const dependencies: AuthorizerDependencies = {
  issuers: providerSettings === undefined ? [ofStage] : [ofStage, providerIssuer(providerSettings)],
  publish: async (event) => {
    await publish(event);
    logger.info('Security event told', { told_event_id: event.eventId });
  },
  now: () => new Date(),
  newId: randomUUID,
  onProblem: (message, error) => {
    logger.warn(message, { error });
  },
};
