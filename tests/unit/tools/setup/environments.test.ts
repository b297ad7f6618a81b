import { existsSync, mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { environmentFolder, type PythonTool } from '../../../../tools/lib/python-tools.ts';
import { ThrowAwayClone, useClone } from './throw-away-clone.ts';

describe('Python environments', () => {
  const clone = useClone();
  const inside = (tool: PythonTool, file: string, root = clone().root): string =>
    join(environmentFolder(root, tool), file);
  const isMade = (tool: PythonTool): boolean => existsSync(inside(tool, '.aviary-stamp'));

  // The tools that this test uses would take it for the clone's, too.
  const shared = process.env['AVIARY_VENVS'];
  beforeAll(() => {
    delete process.env['AVIARY_VENVS'];
  });
  afterAll(() => {
    if (shared !== undefined) process.env['AVIARY_VENVS'] = shared;
  });

  test('are made once, for the commands that need them', async () => {
    await clone().launch(['plan']);
    expect(clone().calls('venv')).toBe(0);

    await clone().launch(['start']);
    const again = await clone().launch(['start']);

    expect(clone().calls('venv')).toBe(2);
    expect([isMade('sam'), isMade('ministack')]).toEqual([true, true]);
    expect(again.stderr).toBe('');
  });

  test('that are half made are made anew', async () => {
    const half = inside('sam', 'sam');
    mkdirSync(dirname(half), { recursive: true });
    writeFileSync(half, 'of an earlier attempt');

    await clone().launch(['deploy']);

    expect([existsSync(half), isMade('sam')]).toEqual([false, true]);
  });

  test.each([
    [
      'the requirements have changed',
      (root: ThrowAwayClone) => {
        root.write('tools/requirements/sam.txt', 'sam==2');
      },
    ],
    [
      'its Python is gone',
      (root: ThrowAwayClone) => {
        rmSync(inside('sam', 'bin/python', root.root));
      },
    ],
  ])('are made anew when %s', async (_name, change) => {
    await clone().launch(['deploy']);
    change(clone());

    await clone().launch(['deploy']);

    expect(clone().calls('venv')).toBe(2);
    expect(readdirSync(join(clone().root, '.aviary', 'venv'))).toHaveLength(1);
  });

  test('are shared between clones, except where these want other versions', async () => {
    const [second, other] = [new ThrowAwayClone(), new ThrowAwayClone()];
    const environment = { AVIARY_VENVS: join(clone().root, 'shared') };
    other.write('tools/requirements/sam.txt', 'sam==2');

    for (const each of [clone(), second, other]) await each.launch(['deploy'], environment);

    expect([clone(), second, other].map((each) => each.calls('venv'))).toEqual([1, 0, 1]);
    expect(readdirSync(environment.AVIARY_VENVS)).toHaveLength(2);
    second.remove();
    other.remove();
  });

  test('are made once by two commands at the same time', async () => {
    const outcomes = await Promise.all([clone().launch(['start']), clone().launch(['start'])]);

    expect(outcomes.map(({ code }) => code)).toEqual([0, 0]);
    expect([clone().calls('npm ci'), clone().calls('venv'), clone().calls('pip')]).toEqual([1, 2, 2]);
  });

  test('are made although a set-up that was killed has left its lock', async () => {
    const lock = `${environmentFolder(clone().root, 'sam')}.lock`;
    mkdirSync(lock, { recursive: true });
    utimesSync(lock, new Date(0), new Date(0));

    expect(await clone().launch(['deploy'])).toMatchObject({ code: 0 });
    expect(existsSync(lock)).toBe(false);
  });

  test.each([
    ['no Python', {}, /Python 3\.10 or newer is needed .* was not found: install it/],
    [
      'an old one',
      { FAKE_PYTHON_VERSION: '3 9' },
      /this machine has 3\.9 \(.*\): install a newer one, or name it in AVIARY_PYTHON/,
    ],
    ['a foreign program', { FAKE_PYTHON_VERSION: 'hello' }, /was not found: install it/],
    ['one without venv', { FAKE_VENV: 'no venv' }, /cannot make virtual environments: .* apt-get install python3-venv/],
    ['a wrong AVIARY_PYTHON', { AVIARY_PYTHON: '/nowhere' }, /AVIARY_PYTHON names \/nowhere, which does not run/],
    [
      'no packages',
      { FAKE_PIP_FAILS: 'ERROR: No route to host' },
      /ERROR: No route to host\npip could not install sam: .* start again/,
    ],
  ])('%s: one sentence with the next step', async (name, environment, sentence) => {
    if (name === 'no Python') rmSync(join(clone().programs, 'python3'));

    const { code, stdout, stderr } = await clone().launch(['deploy'], environment);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(sentence);
    expect(stderr).not.toMatch(/^ {4}at /m);
    expect(isMade('sam')).toBe(false);
  });
});
