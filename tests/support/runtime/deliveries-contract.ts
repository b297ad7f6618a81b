import { randomUUID } from 'node:crypto';
import { ConflictError } from '@shared/errors/app-error';
import { deliveryTimes, type Deliveries, type Delivery } from '../../../functions/github-webhook/deliveries.ts';

const aDelivery = (parts: Partial<Delivery> = {}): Delivery => ({ id: randomUUID(), digest: randomUUID(), ...parts });

/** Declares what every memory of deliveries does; `make` is given a clock in seconds. */
// eslint-disable-next-line jest/no-export -- the fake's test and the real adapter's run the same contract
export function deliveriesContract(make: (now: () => number) => Deliveries): void {
  const setUp = (): { deliveries: Deliveries; pass: (seconds: number) => void } => {
    let time = 1_750_000_000;
    return {
      deliveries: make(() => time),
      pass: (seconds) => {
        time += seconds;
      },
    };
  };

  it('refuses a delivery that is being handled', async () => {
    const { deliveries } = setUp();
    const delivery = aDelivery();
    await deliveries.claim(delivery);

    await expect(deliveries.claim(delivery)).rejects.toBeInstanceOf(ConflictError);
  });

  it('refuses a delivery that was handled, by its id and by its body alone, for all of its memory', async () => {
    const { deliveries, pass } = setUp();
    const delivery = aDelivery();
    await deliveries.claim(delivery);
    await deliveries.keep(delivery);

    pass(deliveryTimes.memory - 1);

    await expect(deliveries.claim(aDelivery({ id: delivery.id }))).rejects.toBeInstanceOf(ConflictError);
    await expect(deliveries.claim(aDelivery({ digest: delivery.digest }))).rejects.toBeInstanceOf(ConflictError);
  });

  it('forgets what was handled when its memory has passed', async () => {
    const { deliveries, pass } = setUp();
    const delivery = aDelivery();
    await deliveries.claim(delivery);
    await deliveries.keep(delivery);

    pass(deliveryTimes.memory + 1);

    await expect(deliveries.claim(delivery)).resolves.toBeUndefined();
  });

  it('takes a delivery again that was released', async () => {
    const { deliveries } = setUp();
    const delivery = aDelivery();
    await deliveries.claim(delivery);
    await deliveries.release(delivery);

    await expect(deliveries.claim(delivery)).resolves.toBeUndefined();
  });

  it('takes a delivery again whose invocation died', async () => {
    const { deliveries, pass } = setUp();
    const delivery = aDelivery();
    await deliveries.claim(delivery);

    pass(deliveryTimes.claim + 1);

    await expect(deliveries.claim(delivery)).resolves.toBeUndefined();
  });

  it('lets one of ten simultaneous deliveries win', async () => {
    const { deliveries } = setUp();
    const delivery = aDelivery();

    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => deliveries.claim(delivery)));

    const losses = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(losses).toHaveLength(9);
    expect(losses.every(({ reason }) => reason instanceof ConflictError)).toBe(true);
  });
}
