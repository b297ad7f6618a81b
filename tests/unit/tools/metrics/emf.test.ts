import { emfDatapoints } from '../../../../tools/metrics/emf.ts';

const line = JSON.stringify({
  _aws: {
    Timestamp: 1_700_000_000_000,
    CloudWatchMetrics: [
      {
        Namespace: 'aviary',
        Dimensions: [['service', 'stage'], ['stage']],
        Metrics: [{ Name: 'OrdersCreated', Unit: 'Count' }, { Name: 'OrderProcessingTime' }],
      },
    ],
  },
  service: 'orders',
  stage: 'local',
  OrdersCreated: 2,
  OrderProcessingTime: [10, 30],
});

describe('emfDatapoints', () => {
  it('makes a datapoint of each metric for each set of dimensions, and of each value of a list', () => {
    const found = emfDatapoints(line);
    expect(found).toHaveLength(6);
    expect(found[0]).toEqual({
      namespace: 'aviary',
      name: 'OrdersCreated',
      dimensions: { service: 'orders', stage: 'local' },
      at: 1_700_000_000_000,
      value: 2,
      unit: 'Count',
    });
    expect(found.filter(({ name }) => name === 'OrderProcessingTime').map(({ value, unit }) => [value, unit])).toEqual([
      [10, 'None'],
      [30, 'None'],
      [10, 'None'],
      [30, 'None'],
    ]);
    expect(found.at(-1)?.dimensions).toEqual({ stage: 'local' });
  });

  it.each([
    ['a line of the log', '{"level":"INFO","message":"Event handled"}'],
    ['text', 'START RequestId: 1 Version: 2'],
    ['text that speaks of it', 'no JSON with "CloudWatchMetrics"'],
    ['a blob without a time', '{"_aws":{"CloudWatchMetrics":[]}}'],
    ['a list', '["CloudWatchMetrics"]'],
  ])('finds nothing in %s', (_what, text) => {
    expect(emfDatapoints(text)).toEqual([]);
  });
});
