import { runTimeLevels } from '@shared/observability/run-time-levels';

/** Levels that read a setting which the test may change. */
function levelsUnderTest() {
  const stage = { setting: 'none', isAway: false, asked: 0, now: 0 };
  const failures: unknown[] = [];
  const read = async (): Promise<string> => {
    stage.asked += 1;
    await Promise.resolve();
    if (stage.isAway) throw new Error('away');
    return stage.setting;
  };
  const levels = runTimeLevels(
    read,
    (error) => failures.push(error),
    () => stage.now,
  );
  const invoke = async (): Promise<string> => {
    const known = levels.begin();
    await levels.end();
    return known;
  };
  return { stage, failures, invoke };
}

describe('runTimeLevels', () => {
  it('asks for nothing in the first invocation, which may be a cold start', async () => {
    const { stage, invoke } = levelsUnderTest();

    await invoke();

    expect(stage.asked).toBe(0);
  });

  it('has what the stage is set to from the invocation after that in which it asks', async () => {
    const { stage, invoke } = levelsUnderTest();
    stage.setting = 'users=DEBUG';

    const known = [await invoke(), await invoke(), await invoke()];

    expect(known).toEqual(['none', 'none', 'users=DEBUG']);
    expect(stage.asked).toBe(1);
  });

  it('asks again after a minute', async () => {
    const { stage, invoke } = levelsUnderTest();
    await invoke();
    await invoke();
    stage.setting = '*=WARN';
    stage.now = 59_999;
    const before = [await invoke(), await invoke()];
    stage.now = 60_000;

    expect([...before, await invoke(), await invoke()]).toEqual(['none', 'none', 'none', '*=WARN']);
  });

  it('goes on with what it knows while the setting cannot be had', async () => {
    const { stage, failures, invoke } = levelsUnderTest();
    stage.setting = 'users=DEBUG';
    await invoke();
    await invoke();
    stage.isAway = true;
    stage.now = 60_000;

    expect([await invoke(), await invoke()]).toEqual(['users=DEBUG', 'users=DEBUG']);
    expect(failures).toHaveLength(1);
  });
});
