import type { DeadLetter } from '../../../../tools/dlq/read-message.ts';
import { replay, type ReplayNeeds, type ReplayOptions } from '../../../../tools/dlq/replay.ts';

const aLetter = (id: string, payload = id): DeadLetter => ({
  id,
  receipt: id,
  payload,
  hash: payload,
  cause: '',
  sentAt: 0,
});
const all: ReplayOptions = { dryRun: false, force: false, max: Infinity };

/** A queue with its origin and its records, which keep what they are given. */
class Memory implements ReplayNeeds {
  readonly queue: Map<string, DeadLetter>;
  readonly counts = new Map<string, number>();
  readonly sent: string[] = [];
  readonly back: string[] = [];
  pauses = 0;

  constructor(letters: readonly DeadLetter[]) {
    this.queue = new Map(letters.map((it) => [it.id, it]));
  }
  readonly replaysOf = (hash: string): Promise<number> => Promise.resolve(this.counts.get(hash) ?? 0);
  readonly record = ({ hash }: DeadLetter): Promise<void> => {
    this.counts.set(hash, (this.counts.get(hash) ?? 0) + 1);
    return Promise.resolve();
  };
  canSend = (_letter: DeadLetter): boolean => true;
  send = ({ payload }: DeadLetter): Promise<void> => {
    this.sent.push(payload);
    return Promise.resolve();
  };
  remove = ({ id }: DeadLetter): Promise<void> => {
    this.queue.delete(id);
    return Promise.resolve();
  };
  readonly giveBack = ({ id }: DeadLetter): Promise<void> => {
    this.back.push(id);
    return Promise.resolve();
  };
  readonly pause = (): Promise<void> => {
    this.pauses += 1;
    return Promise.resolve();
  };
  run(options: Partial<ReplayOptions> = {}): ReturnType<typeof replay> {
    return replay([...this.queue.values()], { ...all, ...options }, this);
  }
}

describe('replay', () => {
  it('sends every message to its origin, deletes it, counts it, and waits between two', async () => {
    const memory = new Memory([aLetter('a'), aLetter('b')]);

    const results = await memory.run();

    expect(results.map(({ result }) => result)).toEqual(['replayed', 'replayed']);
    expect(memory.sent).toEqual(['a', 'b']);
    expect(memory.queue.size).toBe(0);
    expect(memory.counts).toEqual(
      new Map([
        ['a', 1],
        ['b', 1],
      ]),
    );
    expect(memory.pauses).toBe(1);
  });

  it('keeps a message that its origin does not accept', async () => {
    const memory = new Memory([aLetter('a')]);
    memory.send = () => Promise.reject(new Error('refused'));

    await expect(memory.run()).rejects.toThrow('refused');

    expect([...memory.queue.keys()]).toEqual(['a']);
  });

  it('sends a message twice, and loses none, where it breaks down between sending and deleting', async () => {
    const memory = new Memory([aLetter('a')]);
    const { remove } = memory;
    memory.remove = () => Promise.reject(new Error('crash'));
    await expect(memory.run()).rejects.toThrow('crash');
    memory.remove = remove;

    await memory.run();

    expect(memory.sent).toEqual(['a', 'a']);
    expect(memory.queue.size).toBe(0);
    expect(memory.counts.get('a')).toBe(2);
  });

  it('leaves what was sent again three times, unless it is forced', async () => {
    const memory = new Memory([aLetter('a')]);
    memory.counts.set('a', 3);

    const stayed = await memory.run();
    const forced = await memory.run({ force: true });

    expect(stayed).toEqual([{ id: 'a', result: 'stays', replays: 3 }]);
    expect(memory.back).toEqual(['a']);
    expect(forced).toEqual([{ id: 'a', result: 'replayed', replays: 3 }]);
  });

  it('sends the same content once at a time: it may have just come back', async () => {
    const memory = new Memory([aLetter('a', 'same'), aLetter('b', 'same')]);

    const results = await memory.run({ force: true });

    expect(results.map(({ result }) => result)).toEqual(['replayed', 'stays']);
    expect([memory.sent, memory.back]).toEqual([['same'], ['b']]);
  });

  it('stops at the number that was asked for, and gives the others back', async () => {
    const memory = new Memory([aLetter('a'), aLetter('b'), aLetter('c')]);

    const results = await memory.run({ max: 1 });

    expect(results).toHaveLength(1);
    expect([...memory.queue.keys()]).toEqual(memory.back);
    expect(memory.back).toEqual(['b', 'c']);
  });

  it('leaves what has no record in it, and goes on', async () => {
    const memory = new Memory([aLetter('a'), aLetter('b')]);
    memory.canSend = ({ id }) => id !== 'a';

    const results = await memory.run({ max: 1 });

    expect(results.map(({ result }) => result)).toEqual(['no record', 'replayed']);
    expect([memory.sent, memory.back]).toEqual([['b'], ['a']]);
  });

  it('only says what it would do', async () => {
    const memory = new Memory([aLetter('a'), aLetter('b')]);
    memory.counts.set('b', 3);

    const results = await memory.run({ dryRun: true });

    expect(results.map(({ result }) => result)).toEqual(['would be replayed', 'stays']);
    expect([memory.sent, memory.queue.size, memory.back]).toEqual([[], 2, ['a', 'b']]);
  });
});
