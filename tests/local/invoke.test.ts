// Needs the sample domain, and goes with it: aviary begin.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { aviary, aviaryJson } from '../support/aviary.ts';
import { useStage } from '../support/aviary-stage.ts';

interface Invoked {
  readonly answer: unknown;
  readonly event: string;
  readonly functionError: string | null;
  readonly correlation: string | null;
  readonly lines: readonly { message: string; function: string }[];
}

describe('aviary invoke', () => {
  const stage = useStage();
  const invoke = <T = Invoked>(...args: string[]): Promise<T> => aviaryJson<T>(stage().clone.root, ['invoke', ...args]);

  it('sends the sample that reads alone where none is named, and gives the answer, its lines and its correlation id', async () => {
    const invoked = await invoke('users');

    expect(invoked).toMatchObject({ event: 'the sample find-user-by-email', functionError: null });
    expect(invoked.correlation).toMatch(/./);
    expect(invoked.lines.map((line) => [line.function, line.message])).toContainEqual(['users', 'Request handled']);
  });

  it('shows the lines of its own invocation and of no other', async () => {
    const handled = ({ lines }: Invoked): unknown[] => lines.filter(({ message }) => message === 'Request handled');

    const first = await invoke('users');
    const second = await invoke('users');

    expect([handled(first).length, handled(second).length]).toEqual([1, 1]);
  });

  it('ends with 1 where the function fails, and shows as what', async () => {
    const { code, stdout } = await aviary(stage().clone.root, [
      'invoke',
      'processor',
      '--data',
      '{"action":"explode"}',
    ]);

    expect(code).toBe(1);
    expect(stdout).toMatch(/processor failed \(\w+\) in \d+ ms\./);
    expect(stdout).toContain('"errorMessage"');
  });

  it('sends a new sample, made of another', async () => {
    const { clone } = stage();

    const made = await aviary(clone.root, ['test-event', 'new', 'users', 'second-page', '--from', 'list-users']);
    const { event } = await invoke('users', '--sample', 'second-page');

    expect(made.stdout).toContain('Made functions/users/events/second-page.json.');
    expect(event).toBe('the sample second-page');
    expect(clone.read('functions/users/events/second-page.json')).toBe(
      `${JSON.stringify(JSON.parse(readFileSync(join(clone.root, 'functions/users/events/list-users.json'), 'utf8')), null, 2)}\n`,
    );
  });

  it.each([
    [['invoke', 'user'], 'There is no function user.', 'Did you mean users?'],
    [['invoke', 'users', '--sample', 'list-user'], 'users has no sample event list-user.', 'Did you mean list-users?'],
    [['invoke', 'users', '--data', '{'], '--data is no JSON.', 'Give an event'],
    [['invoke', 'users', '--event', 'none.json'], 'none.json cannot be read.', 'Name a file'],
    [['invoke', 'users', '--data', '{}', '--sample', 'a'], 'Which event?', 'Give one of'],
    [['invoke', 'users', '--stage', 'production'], 'An event may change what production keeps.', 'with --yes'],
    [
      ['test-event', 'new', 'users', 'list-users'],
      'There is functions/users/events/list-users.json already.',
      'Edit it',
    ],
    [['test-event', 'new', 'users', '../a'], 'What is the sample called?', 'small letters'],
    [['test-event', 'show', 'user'], 'There is no function user.', 'Did you mean users?'],
    [['test-event'], 'What is to be done?', 'list, show or new'],
  ])('says of %j: %s', async (args, problem, next) => {
    const { code, stderr } = await aviary(stage().clone.root, args);

    expect(code).toBe(2);
    expect(stderr).toContain(`error: ${problem}\n`);
    expect(stderr).toContain(next);
  });
});
