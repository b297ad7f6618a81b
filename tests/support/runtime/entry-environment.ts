/** What every entry reads; nothing is written to the console. */
const common = {
  STAGE: 'test',
  POWERTOOLS_METRICS_NAMESPACE: 'aviary',
  POWERTOOLS_LOG_LEVEL: 'SILENT',
  POWERTOOLS_METRICS_DISABLED: 'true',
  AWS_REGION: 'eu-west-1',
};

/**
 * Gives each test of an entry its environment, and modules that were not loaded before: an entry reads its environment
 * when it is loaded. A test may change `process.env`; the next one has it as given here.
 */
export function useEntryEnvironment(service: string, variables: Readonly<Record<string, string>> = {}): void {
  const before = process.env;

  beforeEach(() => {
    process.env = { ...before, ...common, POWERTOOLS_SERVICE_NAME: service, ...variables };
    jest.resetModules();
  });

  afterEach(() => {
    process.env = before;
    jest.restoreAllMocks();
  });
}
