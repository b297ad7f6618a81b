describe('metrics', () => {
  const before = process.env;

  afterEach(() => {
    process.env = before;
    jest.restoreAllMocks();
  });

  it('are written with their unit: a time in milliseconds, anything else as a count', async () => {
    process.env = {
      ...before,
      STAGE: 'test',
      POWERTOOLS_SERVICE_NAME: 'orders',
      POWERTOOLS_METRICS_NAMESPACE: 'aviary',
      POWERTOOLS_LOG_LEVEL: 'INFO',
      POWERTOOLS_DEV: 'true',
      POWERTOOLS_METRICS_DISABLED: 'false',
    };
    const written: string[] = [];
    jest.spyOn(console, 'log').mockImplementation((text: string) => void written.push(text));
    jest.resetModules();
    const { metrics } = await import('@shared/observability/metrics');

    metrics.count('OrdersCreated');
    metrics.count('OrderProcessingTime', 1_500);
    metrics.publish();

    const [line] = written.map((text): unknown => JSON.parse(text));
    expect(line).toMatchObject({
      OrdersCreated: 1,
      OrderProcessingTime: 1_500,
      _aws: {
        CloudWatchMetrics: [
          {
            Metrics: [
              { Name: 'OrdersCreated', Unit: 'Count' },
              { Name: 'OrderProcessingTime', Unit: 'Milliseconds' },
            ],
          },
        ],
      },
    });
  });
});
