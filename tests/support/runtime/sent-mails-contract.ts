import { randomUUID } from 'node:crypto';
import { mailTimes, type SentMails } from '../../../functions/notifications/sent-mails.ts';

/** Declares what every memory of sent mails does; `make` is given a clock in seconds. */
// eslint-disable-next-line jest/no-export -- the fake's test and the real adapter's run the same contract
export function sentMailsContract(make: (now: () => number) => SentMails): void {
  const setUp = (): { mails: SentMails; id: string; pass: (seconds: number) => void } => {
    let time = 1_750_000_000;
    return {
      mails: make(() => time),
      id: randomUUID(),
      pass: (seconds) => {
        time += seconds;
      },
    };
  };

  it('gives an event to the first who asks, and holds it', async () => {
    const { mails, id } = setUp();

    const claims = [await mails.claim(id), await mails.claim(id), await mails.claim(randomUUID())];

    expect(claims).toEqual(['mine', 'held', 'mine']);
  });

  it('knows what was sent, for all of its memory and no longer', async () => {
    const { mails, id, pass } = setUp();
    await mails.claim(id);
    await mails.keep(id);

    pass(mailTimes.memory - 1);
    const late = await mails.claim(id);
    pass(2);
    const later = await mails.claim(id);

    expect([late, later]).toEqual(['sent', 'mine']);
  });

  it('gives an event again that was released', async () => {
    const { mails, id } = setUp();
    await mails.claim(id);
    await mails.release(id);

    await expect(mails.claim(id)).resolves.toBe('mine');
  });

  it('gives an event again whose invocation died', async () => {
    const { mails, id, pass } = setUp();
    await mails.claim(id);

    pass(mailTimes.claim + 1);

    await expect(mails.claim(id)).resolves.toBe('mine');
  });

  it('gives an event to one of ten who ask at once', async () => {
    const { mails, id } = setUp();

    const claims = await Promise.all(Array.from({ length: 10 }, () => mails.claim(id)));

    expect(claims.filter((claim) => claim === 'mine')).toHaveLength(1);
    expect(claims.filter((claim) => claim === 'held')).toHaveLength(9);
  });
}
