import { randomUUID } from 'node:crypto';
import type { Alert, Alerts } from '@shared/alerts/alerts';

interface AlertsUnderTest {
  readonly alerts: Alerts;
  readonly raised: () => Promise<readonly Alert[]>;
}

/** Declares what every way to raise alerts does. */
// eslint-disable-next-line jest/no-export -- the fake's test and the real adapter's run the same contract
export function alertsContract(make: () => AlertsUnderTest): void {
  it.each([
    ['a short summary', '1 order of unusual value'],
    ['a summary that is long, has line breaks and letters beyond ASCII', `Zoë\n🐤 ${'very '.repeat(60)}long`],
  ])('tells of an alert with %s, whole', async (_what, summary) => {
    const { alerts, raised } = make();
    const alert: Alert = { code: 'TEST_ALERT', summary, facts: { id: randomUUID(), list: [{ amount: 1 }] } };

    await alerts.raise(alert);

    expect((await raised()).filter(({ facts }) => facts['id'] === alert.facts['id'])).toEqual([alert]);
  });
}
