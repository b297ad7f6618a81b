import { kept } from '@shared/config/kept';

/** Something that is loaded, and how often it was. */
function setUp() {
  const state = { time: 0, loads: 0, broken: false };
  const failures: unknown[] = [];
  const get = kept({
    load: async () => {
      state.loads += 1;
      const value = state.loads;
      await Promise.resolve();
      if (state.broken) throw new Error('broken');
      return value;
    },
    fallback: 0,
    keepFor: { loaded: 300, standIn: 30 },
    onFailure: (error) => failures.push(error),
    now: () => state.time * 1_000,
  });
  return { state, failures, get };
}

describe('what is kept', () => {
  it('is loaded when it is first asked for, once for all that ask', async () => {
    const { state, get } = setUp();

    expect(state.loads).toBe(0);
    await expect(Promise.all([get(), get(), get()])).resolves.toEqual([1, 1, 1]);
    expect(state.loads).toBe(1);
  });

  it('is loaded again when its time is over, and not before', async () => {
    const { state, get } = setUp();
    await get();

    state.time = 299;
    await expect(get()).resolves.toBe(1);
    state.time = 300;
    await expect(get()).resolves.toBe(2);
  });

  it('has its fallback when nothing could ever be loaded, and is left alone for a time', async () => {
    const { state, failures, get } = setUp();
    state.broken = true;

    await expect(get()).resolves.toBe(0);
    state.time = 29;
    await expect(get()).resolves.toBe(0);

    expect([state.loads, failures.length]).toEqual([1, 1]);
  });

  it('has the last value while it cannot be loaded, and a new one as soon as it can', async () => {
    const { state, failures, get } = setUp();
    await get();
    state.broken = true;
    state.time = 300;
    await expect(get()).resolves.toBe(1);
    state.broken = false;
    state.time = 330;

    await expect(get()).resolves.toBe(3);
    expect(failures).toHaveLength(1);
  });
});
