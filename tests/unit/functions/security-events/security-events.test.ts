import { aSecurityEvent } from '../../../support/runtime/an-activity.ts';
import { someSecurity } from '../../../support/runtime/security-events-under-test.ts';

describe('security events', () => {
  it('make one alert for each cause in a batch, however many there are of it', async () => {
    const security = someSecurity();
    const attack = Array.from({ length: 200 }, (_, at) =>
      aSecurityEvent({ type: 'rateLimitExceeded', source: `203.0.113.${at % 50}`, correlationId: `id-${at}` }),
    );

    await security.send(...attack, aSecurityEvent({ type: 'suspiciousActivity', detail: 'path with SQL' }));

    expect(security.alerts.raised.map(({ code, summary }) => [code, summary])).toEqual([
      ['RATE_LIMIT_EXCEEDED', '200 requests above the rate limit from 50 sources'],
      ['SUSPICIOUS_ACTIVITY', '1 suspicious activity from one source'],
    ]);
    expect(security.metrics).toEqual({ RateLimitExceeded: 200, SuspiciousActivity: 1 });
  });

  it('are counted, and told to nobody, while the flag is off', async () => {
    const security = someSecurity({ isOn: () => Promise.resolve(false) });

    await security.send(aSecurityEvent({ type: 'suspiciousActivity' }));

    expect(security.alerts.raised).toEqual([]);
    expect(security.metrics).toEqual({ SuspiciousActivity: 1 });
  });

  it('say when and from where, the busiest source first, and how to find them in the logs', async () => {
    const security = someSecurity();
    const [busy, other] = ['203.0.113.1', '203.0.113.2'];

    await security.send(
      aSecurityEvent({ source: other, occurredAt: '2025-06-01T12:03:00Z', correlationId: 'c-1' }),
      aSecurityEvent({ source: busy, occurredAt: '2025-06-01T12:01:00Z', correlationId: 'c-2', detail: 'bad key' }),
      aSecurityEvent({ source: busy, occurredAt: '2025-06-01T12:02:00Z', correlationId: 'c-2', detail: 'bad key' }),
    );

    expect(security.alerts.raised).toEqual([
      {
        code: 'AUTHENTICATION_FAILED',
        summary: '3 failed authentications from 2 sources',
        facts: {
          count: 3,
          first: '2025-06-01T12:01:00.000Z',
          last: '2025-06-01T12:03:00.000Z',
          sourceCount: 2,
          sources: [
            { source: busy, count: 2 },
            { source: other, count: 1 },
          ],
          details: ['bad key'],
          correlationIds: ['c-1', 'c-2'],
        },
      },
    ]);
  });

  it('name ten sources at most', async () => {
    const security = someSecurity();

    await security.send(...Array.from({ length: 30 }, (_, at) => aSecurityEvent({ source: `client-${at}` })));

    expect(security.alerts.raised[0]?.facts).toMatchObject({ sourceCount: 30, sources: { length: 10 } });
  });

  it('count an event once that is twice in a batch', async () => {
    const security = someSecurity();
    const event = aSecurityEvent();

    await security.send(event, event);

    expect(security.metrics).toEqual({ AuthenticationFailed: 1 });
  });

  it('fail where nobody can be told, so that the batch comes again', async () => {
    const security = someSecurity({ alerts: { raise: () => Promise.reject(new Error('broken')) } });

    await expect(security.send(aSecurityEvent())).rejects.toThrow('broken');

    expect(security.metrics).toEqual({});
  });

  it('are parked where they are none, and the rest is told', async () => {
    const security = someSecurity();

    await security.send(
      '{',
      { ...aSecurityEvent(), schemaVersion: 2 },
      { ...aSecurityEvent(), type: 'boredom' },
      aSecurityEvent(),
    );

    expect(security.parking.parked.map(({ cause }) => cause)).toEqual(['NOT_JSON', 'NEWER_VERSION', 'NOT_AN_EVENT']);
    expect(security.alerts.raised).toHaveLength(1);
  });

  it('are nothing to tell of where a batch has none', async () => {
    const security = someSecurity();

    await security.send();

    expect(security.alerts.raised).toEqual([]);
  });
});
