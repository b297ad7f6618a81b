import { retry } from '@shared/resilience/retry';

const policy = { attempts: 4, baseDelayMs: 10, maxDelayMs: 25 };

function rehearsal(failures: number): {
  readonly work: () => Promise<string>;
  readonly calls: () => number;
  readonly waits: number[];
  readonly tools: { sleep: (ms: number) => Promise<void>; random: () => number };
} {
  let calls = 0;
  const waits: number[] = [];
  return {
    work: () => {
      calls += 1;
      return calls > failures ? Promise.resolve('done') : Promise.reject(new Error(`failure ${calls}`));
    },
    calls: () => calls,
    waits,
    tools: {
      sleep: (ms) => {
        waits.push(ms);
        return Promise.resolve();
      },
      random: () => 0.5,
    },
  };
}

describe('retry', () => {
  it('waits a random part of a ceiling that doubles up to its maximum', async () => {
    const { work, waits, tools } = rehearsal(3);

    await expect(retry(policy, () => true, work, tools)).resolves.toBe('done');

    expect(waits).toEqual([5, 10, 12.5]);
  });

  it('throws the last failure when the attempts are used up', async () => {
    const { work, calls, tools } = rehearsal(9);

    await expect(retry(policy, () => true, work, tools)).rejects.toThrow('failure 4');

    expect(calls()).toBe(4);
  });

  it('throws a failure that does not pass at once', async () => {
    const { work, calls, waits, tools } = rehearsal(9);

    await expect(retry(policy, () => false, work, tools)).rejects.toThrow('failure 1');

    expect(calls()).toBe(1);
    expect(waits).toEqual([]);
  });

  it('waits in real time without tools of a test', async () => {
    const { work } = rehearsal(1);

    await expect(retry({ attempts: 2, baseDelayMs: 1, maxDelayMs: 1 }, () => true, work)).resolves.toBe('done');
  });
});
