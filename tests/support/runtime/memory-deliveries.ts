import { ConflictError } from '@shared/errors/app-error';
import { deliveryTimes, type Deliveries, type Delivery } from '../../../functions/github-webhook/deliveries.ts';

/** Deliveries kept in memory; `now` is in seconds. */
export function memoryDeliveries(now: () => number): Deliveries {
  const heldUntil = new Map<string, number>();
  const keys = ({ id, digest }: Delivery): string[] => [id, `sha256:${digest}`];
  const hold = (delivery: Delivery, seconds: number): void => {
    for (const key of keys(delivery)) heldUntil.set(key, now() + seconds);
  };
  return {
    claim: async (delivery) => {
      await Promise.resolve();
      if (keys(delivery).some((key) => (heldUntil.get(key) ?? -1) >= now())) throw new ConflictError('Handled');
      hold(delivery, deliveryTimes.claim);
    },
    keep: async (delivery) => {
      await Promise.resolve();
      hold(delivery, deliveryTimes.memory);
    },
    release: async (delivery) => {
      await Promise.resolve();
      for (const key of keys(delivery)) heldUntil.delete(key);
    },
  };
}
