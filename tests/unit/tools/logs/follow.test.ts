import { follow } from '../../../../tools/logs/follow.ts';
import type { LogEvent } from '../../../../tools/logs/read-log-events.ts';
import { anEvent } from '../../../support/logs/log-events.ts';

/** A log that grows between two looks at it, as told; the last pause ends it. */
async function followed(looks: readonly (readonly LogEvent[])[], from = 0): Promise<string[][]> {
  const there: LogEvent[] = [];
  const pending = [...looks];
  const read = (start: number): Promise<LogEvent[]> => {
    there.push(...(pending.shift() ?? []));
    return Promise.resolve(there.filter(({ at }) => at >= start).sort((a, b) => a.at - b.at));
  };
  const pause = (): Promise<void> => (pending.length > 0 ? Promise.resolve() : Promise.reject(new Error('ended')));
  const seen: string[][] = [];
  try {
    for await (const events of follow(read, from, pause)) seen.push(events.map(({ message }) => message));
  } catch (error) {
    expect(error).toEqual(new Error('ended'));
  }
  return seen;
}

describe('follow', () => {
  it('gives each line once, as it comes', async () => {
    const looks = [[anEvent('users', 1, 'a')], [], [anEvent('users', 2, 'b')]];

    await expect(followed(looks)).resolves.toEqual([['a'], ['b']]);
  });

  it('gives a line that comes late, after later ones', async () => {
    const looks = [[anEvent('users', 60_000, 'late')], [anEvent('orders', 40_000, 'early')]];

    await expect(followed(looks)).resolves.toEqual([['late'], ['early']]);
  });

  it('gives equal lines of one millisecond as often as they are there', async () => {
    const looks = [[anEvent('users', 1, 'a')], [anEvent('users', 1, 'a')]];

    await expect(followed(looks)).resolves.toEqual([['a'], ['a']]);
  });

  it('gives nothing from before its beginning', async () => {
    await expect(followed([[anEvent('users', 9, 'old'), anEvent('users', 10, 'new')]], 10)).resolves.toEqual([['new']]);
  });
});
