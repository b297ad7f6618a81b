/** The fixed `log_code` of lines that an alarm, a metric filter or a query looks for; never change a value. */
export const logCodes = {
  handled: 'INVOCATION_HANDLED',
  refused: 'INVOCATION_REFUSED',
  failed: 'INVOCATION_FAILED',
  memoryUse: 'MEMORY_USE',
  dependencyDown: 'DEPENDENCY_DOWN',
  pushHandled: 'PUSH_HANDLED',
  deployStarted: 'DEPLOY_STARTED',
  recordParked: 'RECORD_PARKED',
  recordNewer: 'RECORD_NEWER',
  mailHandled: 'MAIL_HANDLED',
  mailLogged: 'MAIL_LOGGED',
  highValueOrders: 'HIGH_VALUE_ORDERS',
  windowClosed: 'WINDOW_CLOSED',
  securityEvents: 'SECURITY_EVENTS',
  orderSummary: 'ORDER_SUMMARY',
  cleanedUp: 'CLEANED_UP',
} as const;
