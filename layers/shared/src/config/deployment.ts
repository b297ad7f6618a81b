import { readEnvironment, type EnvironmentSource } from '@shared/config/environment';

/** What runs here: the stage, the release and commit that the deploy wrote, and the Lambda version. */
export interface Deployment {
  readonly stage: string;
  readonly release: string;
  readonly commit: string;
  readonly version: string;
}

const orElse = (value: string | undefined, fallback: string): string =>
  value === undefined || value === '' ? fallback : value;

/**
 * Reads the deployment's marks; release and commit are `unreleased` where no deploy has put them in.
 * @throws {ConfigurationError} when a variable that every function has is missing
 */
export function readDeployment(source: EnvironmentSource = process.env): Deployment {
  return {
    stage: readEnvironment([], source).STAGE,
    release: orElse(source['RELEASE'], 'unreleased'),
    commit: orElse(source['COMMIT'], 'unreleased'),
    version: orElse(source['AWS_LAMBDA_FUNCTION_VERSION'], '$LATEST'),
  };
}
