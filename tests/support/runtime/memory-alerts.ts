import type { Alert, Alerts } from '@shared/alerts/alerts';

/** Alerts that are kept. */
export interface MemoryAlerts extends Alerts {
  readonly raised: Alert[];
}

/** Makes alerts that reach nobody. */
export function memoryAlerts(): MemoryAlerts {
  const raised: Alert[] = [];
  return {
    raised,
    raise: async (alert) => {
      await Promise.resolve();
      raised.push(alert);
    },
  };
}
