/** The fixed `log_code` of lines that an alarm, a metric filter or a query looks for; never change a value. */
export const logCodes = {
  handled: 'INVOCATION_HANDLED',
  refused: 'INVOCATION_REFUSED',
  failed: 'INVOCATION_FAILED',
  memoryUse: 'MEMORY_USE',
  dependencyDown: 'DEPENDENCY_DOWN',
  pushHandled: 'PUSH_HANDLED',
  recordFailed: 'RECORD_FAILED',
  eventParked: 'EVENT_PARKED',
  eventNewer: 'EVENT_NEWER',
  deployStarted: 'DEPLOY_STARTED',
} as const;
