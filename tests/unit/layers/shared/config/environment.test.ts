import { ConfigurationError, readEnvironment } from '@shared/config/environment';

const common = {
  STAGE: 'local',
  POWERTOOLS_SERVICE_NAME: 'users',
  POWERTOOLS_METRICS_NAMESPACE: 'aviary',
  POWERTOOLS_LOG_LEVEL: 'DEBUG',
};

describe('readEnvironment', () => {
  it('gives the common variables and those asked for, and no others', () => {
    const values = readEnvironment(['TABLE_NAME'], { ...common, TABLE_NAME: 'table', SECRET: 'hidden' });

    expect(values).toEqual({ ...common, TABLE_NAME: 'table' });
  });

  it('lists everything that is missing or empty in one error', () => {
    const read = (): unknown => readEnvironment(['TABLE_NAME'], { ...common, STAGE: '', TABLE_NAME: undefined });

    expect(read).toThrow(new ConfigurationError(['STAGE', 'TABLE_NAME']));
    expect(read).toThrow('Missing environment variables: STAGE, TABLE_NAME');
  });
});
