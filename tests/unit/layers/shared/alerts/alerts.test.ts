import { alertsContract } from '../../../../support/runtime/alerts-contract.ts';
import { memoryAlerts } from '../../../../support/runtime/memory-alerts.ts';

describe('alerts in memory', () => {
  alertsContract(() => {
    const alerts = memoryAlerts();
    return { alerts, raised: () => Promise.resolve(alerts.raised) };
  });
});
