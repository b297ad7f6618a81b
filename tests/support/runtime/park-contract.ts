import { randomBytes, randomUUID } from 'node:crypto';
import type { Park, ParkedRecord } from '@shared/batch/park';

/** A park, and what it holds. */
interface ParkUnderTest {
  readonly park: Park;
  readonly parked: () => Promise<readonly ParkedRecord[]>;
}

/** Declares what every park does. */
// eslint-disable-next-line jest/no-export -- the fake's test and the real adapter's run the same contract
export function parkContract(make: () => ParkUnderTest): void {
  it.each([
    ['text', Buffer.from('{"name":"Zoë 🐤"}\n')],
    ['bytes that are no text', randomBytes(64)],
    ['a character that no message may have', Buffer.from('a\u0000b')],
    ['nothing', Buffer.from('')],
  ])('keeps %s as it came, with its cause and origin', async (_what, body) => {
    const { park, parked } = make();
    const record: ParkedRecord = {
      body,
      cause: 'NOT_AN_EVENT',
      detail: 'order.total',
      source: 'arn:aws:sqs:eu-west-1:000000000000:queue',
      recordId: randomUUID(),
    };

    await park(record);

    const found = (await parked()).filter(({ recordId }) => recordId === record.recordId);
    expect(found.map((it) => ({ ...it, body: Buffer.from(it.body).toString('hex') }))).toEqual([
      { ...record, body: body.toString('hex') },
    ]);
  });
}
