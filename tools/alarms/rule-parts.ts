/** A sum above a threshold in five minutes, which is what most rules are; where nothing is counted there is nothing wrong. */
export const sum = { statistic: 'Sum', period: 300, periods: 1, comparison: '>', missing: 'notBreaching' } as const;

/** Of the alias, so of what callers get. */
export const live = {
  namespace: 'AWS/Lambda',
  dimensions: { FunctionName: '${App}-{name}-${Stage}', Resource: '${App}-{name}-${Stage}:live' },
} as const;
export const api = {
  of: 'api',
  namespace: 'AWS/ApiGateway',
  dimensions: { ApiName: '${App}-${Stage}', Stage: '${Stage}' },
} as const;
/** What functions count themselves (layers/shared/src/observability/metrics.ts). */
export const counted = { namespace: '${App}', dimensions: { service: '{name}', stage: '${Stage}' } } as const;
