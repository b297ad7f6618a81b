import { readDeployment } from '@shared/config/deployment';

const common = {
  STAGE: 'staging',
  POWERTOOLS_SERVICE_NAME: 'users',
  POWERTOOLS_METRICS_NAMESPACE: 'aviary',
  POWERTOOLS_LOG_LEVEL: 'DEBUG',
};

describe('readDeployment', () => {
  it('gives what the deploy wrote and the version that Lambda runs', () => {
    const deployment = readDeployment({ ...common, RELEASE: 'r1', COMMIT: 'c1', AWS_LAMBDA_FUNCTION_VERSION: '12' });

    expect(deployment).toEqual({ stage: 'staging', release: 'r1', commit: 'c1', version: '12' });
  });

  it('says unreleased where no deploy has written anything', () => {
    const deployment = readDeployment({ ...common, RELEASE: '' });

    expect(deployment).toMatchObject({ release: 'unreleased', commit: 'unreleased', version: '$LATEST' });
  });
});
