import type { Contribution, Tallies } from '@shared/tallies/tallies';

/** Declares what every place for tallies does; `make` gives an empty one. */
// eslint-disable-next-line jest/no-export -- the fake's test and the real adapter's run the same contract
export function talliesContract(make: () => Tallies | Promise<Tallies>): void {
  const noon = '2025-06-01T12:00:00.000Z';
  const next = '2025-06-01T12:05:00.000Z';
  const midnight = '2025-06-02T00:00:00.000Z';
  const one = (onceId: string, window = noon, value = 1): Contribution => ({
    onceId,
    window,
    numbers: { things: 1, 'value:EUR': value },
  });

  it('adds the numbers of what is new, and says what that was', async () => {
    const tallies = await make();

    const fresh = await tallies.add('shard-1', [one('a', noon, 5), one('b', noon, 7), one('c', next, 9)]);

    expect([...fresh].sort()).toEqual(['a', 'b', 'c']);
    await expect(tallies.read(noon, midnight)).resolves.toEqual([
      { window: noon, numbers: { things: 2, 'value:EUR': 12 } },
      { window: next, numbers: { things: 1, 'value:EUR': 9 } },
    ]);
  });

  it('counts a thing once: in one call, in a later one, beside new ones, and from another part', async () => {
    const tallies = await make();
    const first = await tallies.add('shard-1', [one('a'), one('a'), one('b')]);

    const second = await tallies.add('shard-2', [one('b'), one('c'), one('a')]);
    const third = await tallies.add('shard-1', [one('c')]);

    expect([first, second, third].map((fresh) => [...fresh].sort())).toEqual([['a', 'b'], ['c'], []]);
    await expect(tallies.read(noon, next)).resolves.toMatchObject([{ numbers: { things: 3 } }]);
  });

  it('adds several hundred at once', async () => {
    const tallies = await make();
    const many = Array.from({ length: 250 }, (_, at) => one(`many-${at}`, at % 2 === 0 ? noon : next, at));
    await tallies.add('shard-1', many.slice(0, 3));

    const fresh = await tallies.add('shard-1', many);

    expect(fresh.size).toBe(247);
    const read = await tallies.read(noon, midnight);
    expect(read.map(({ numbers }) => numbers['things'])).toEqual([125, 125]);
    expect(read.reduce((total, { numbers }) => total + (numbers['value:EUR'] ?? 0), 0)).toBe((249 * 250) / 2);
  });

  it('counts each thing once when two parts add the same at the same time', async () => {
    const tallies = await make();
    const things = ['a', 'b', 'c', 'd'].map((id) => one(id));

    const fresh = await Promise.all([1, 2, 3].map((part) => tallies.add(`shard-${part}`, things)));

    expect(fresh.flatMap((ids) => [...ids]).sort()).toEqual(['a', 'b', 'c', 'd']);
    await expect(tallies.read(noon, next)).resolves.toMatchObject([{ numbers: { things: 4 } }]);
  });

  it('reads the windows from the first on and before the last, over midnight, in order', async () => {
    const tallies = await make();
    const before = '2025-06-01T23:55:00.000Z';
    const after = '2025-06-02T00:05:00.000Z';
    await tallies.add('shard-1', [one('d', after), one('b', before), one('c', midnight), one('a', noon)]);

    const read = await tallies.read(before, after);

    expect(read.map(({ window }) => window)).toEqual([before, midnight]);
    await expect(tallies.read('2025-05-01T00:00:00.000Z', noon)).resolves.toEqual([]);
  });

  it('knows what counted', async () => {
    const tallies = await make();
    await tallies.add('shard-1', [one('a')]);

    await expect(tallies.counted(['a', 'b', 'a'])).resolves.toEqual(new Set(['a']));
    await expect(tallies.counted([])).resolves.toEqual(new Set());
  });

  it('has nothing to do for nothing', async () => {
    const tallies = await make();

    await expect(tallies.add('shard-1', [])).resolves.toEqual(new Set());
  });
}
