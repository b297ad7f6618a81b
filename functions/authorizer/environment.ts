import { readEnvironment } from '@shared/config/environment';
import { readProvider } from './provider-settings.ts';

/** The environment of this function. A module of its own and imported first: one error then lists all that is missing. */
export const environment = readEnvironment([
  'STAGE_ISSUER',
  'STAGE_AUDIENCE',
  'SIGNING_KEYS_SECRET_NAME',
  'SECURITY_STREAM_NAME',
]);

/** The identity provider of the stage, where it has one. */
export const providerSettings = readProvider(process.env);
