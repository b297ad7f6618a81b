import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { lambdaMajor } from '../../../../tools/lib/node-runtime.ts';
import { useClone } from './throw-away-clone.ts';

const repository = resolve(__dirname, '..', '..', '..', '..');

describe('the launcher', () => {
  const clone = useClone();

  test('gives the command its arguments and passes its exit code on', async () => {
    expect(await clone().launch(['fails', '--env', 'a b'])).toMatchObject({ code: 1, stdout: 'fails --env a b\n' });
  });

  test('names its own repository, whatever it inherits', async () => {
    clone().write(
      'tools/cli.ts',
      'export const main = async () => { console.log(process.env.AVIARY_ROOT); return 0; };',
    );

    expect((await clone().launch(['plan'], { AVIARY_ROOT: '/elsewhere' })).stdout).toBe(`${clone().root}\n`);
  });

  test('shows an expected failure as a sentence and an unexpected one with its stack', async () => {
    const throwing = (error: string): void => {
      clone().write('tools/cli.ts', `export const main = async () => { throw ${error}; };`);
    };

    throwing("Object.assign(new Error('No such stage.'), { name: 'Failure', exitCode: 1 })");
    expect(await clone().launch(['plan'], { AVIARY_SKIP_INSTALL: '1' })).toEqual({
      code: 1,
      stdout: '',
      stderr: 'No such stage.\n',
    });

    throwing("new Error('broken')");
    const { code, stderr } = await clone().launch(['plan']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/Error: broken\n {4}at /);
  });

  test('tells an old Node.js apart with one sentence', async () => {
    const old = "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '18.20.0' } })";
    const { code, stderr } = await clone().launch(['plan'], {}, [
      '--import',
      `data:text/javascript,${encodeURIComponent(old)}`,
    ]);

    expect(code).toBe(2);
    expect(stderr).toMatch(/^Aviary needs Node\.js 20 or newer .*: install a newer one \(nodejs\.org\)\.\n$/);
  });

  test('without Node.js of the major it needs says so', async () => {
    const other = "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '22.1.0' } })";
    const { code, stderr } = await clone().launch(['plan'], {}, [
      '--import',
      `data:text/javascript,${encodeURIComponent(other)}`,
    ]);

    expect(code).toBe(2);
    expect(stderr).toMatch(/The tools run on Node\.js 24, as the functions do; .*: install Node\.js 24\.\n$/);
  });
});

describe('the child on another Node.js', () => {
  const relay = (script: string): ReturnType<typeof spawn> => {
    const module = pathToFileURL(join(repository, 'tools', 'setup', 'relay.mjs')).href;
    const code = `import { relay } from '${module}'; await relay(process.execPath, ['-e', ${JSON.stringify(script)}]);`;
    return spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  };

  test('gives its exit code', async () => {
    expect(await once(relay('process.exit(7)'), 'exit')).toEqual([7, null]);
  });

  test('gives the signal that ended it', async () => {
    expect(await once(relay("process.kill(process.pid, 'SIGTERM')"), 'exit')).toEqual([null, 'SIGTERM']);
  });

  test.each(['SIGTERM', 'SIGINT'] as const)(
    'gets a %s that was sent to the launcher, once, and may take its time',
    async (signal) => {
      const launcher = relay(`
      let count = 0;
      process.on('${signal}', () => { if (++count === 1) setTimeout(() => process.exit(count), 200); });
      setInterval(() => {}, 1000);
      console.log('ready');`);
      await once(launcher.stdout ?? launcher, 'data');

      launcher.kill(signal);

      expect(await once(launcher, 'exit')).toEqual([1, null]);
    },
  );
});

test('one major of Node.js: the set-up, the tools and the functions', () => {
  const read = (path: string): string => readFileSync(join(repository, path), 'utf8');

  expect(read('tools/setup/node.mjs')).toContain(`lambdaMajor = ${lambdaMajor};`);
  expect(read('template.yaml')).toContain(`nodejs${lambdaMajor}.x`);
});
