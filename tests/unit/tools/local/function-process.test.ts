import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildDependenciesLayer } from '../../../../tools/build/build-layer.ts';
import { lambdaNode } from '../../../../tools/lib/node-runtime.ts';

const root = join(__dirname, '..', '..', '..', '..');
const launcher = join(root, 'tools', 'local', 'function-process.cjs');

describe('the process of a function', () => {
  let folder: string;
  const running: ChildProcessWithoutNullStreams[] = [];
  const file = (path: string, text: string): string => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
    return join(folder, path);
  };
  /** It has what it has said on standard output so far. */
  const start = (
    env: Readonly<Record<string, string>> = {},
    ...more: string[]
  ): { child: ChildProcessWithoutNullStreams; said: string } => {
    const child = spawn(lambdaNode(), [launcher, join(folder, 'list.json'), ...more], { env });
    running.push(child);
    const it = { child, said: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (it.said += text));
    return it;
  };
  const begin = (
    child: ChildProcessWithoutNullStreams,
    script: string,
    env: Readonly<Record<string, string>> = {},
  ): void => {
    const message = JSON.stringify({ script, cwd: join(folder, 'work'), env });
    child.stdin.write(`${Buffer.byteLength(message)}\n${message}`);
  };
  const until = async (holds: () => boolean): Promise<void> => {
    while (!holds()) await sleep(10);
  };

  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'aviary-process-')));
    mkdirSync(join(folder, 'work'));
  });
  afterEach(() => {
    for (const child of running.splice(0)) child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  it('runs what it is given, in that folder and with those variables alone, and leaves it the rest of its standard input', async () => {
    const script = file(
      'script.js',
      `process.stdin.once('data', (rest) => console.log(JSON.stringify(
        { cwd: process.cwd(), env: process.env, argv: process.argv.slice(1), own: Object.keys(require.cache), rest: String(rest) })));`,
    );
    const it = start({ BEFORE: 'x', BOTH: 'old' });

    begin(it.child, script, { BOTH: 'new', AFTER: 'é' });
    it.child.stdin.write('for the script');
    await until(() => it.said.endsWith('\n'));

    expect(JSON.parse(it.said)).toEqual({
      cwd: join(folder, 'work'),
      env: { BOTH: 'new', AFTER: 'é' },
      argv: [script],
      own: [script],
      rest: 'for the script',
    });
  });

  it('finds packages where NODE_PATH says now, and not where it said when it was started', async () => {
    file('old/which.js', 'module.exports = "old";');
    file('new/which.js', 'module.exports = "new";');
    const script = file('script.js', 'console.log(require("which"));');
    const it = start({ NODE_PATH: join(folder, 'old') });

    begin(it.child, script, { NODE_PATH: join(folder, 'new') });
    await until(() => it.said.endsWith('\n'));

    expect(it.said).toBe('new\n');
  });

  it('has loaded, before it is given anything, the packages that the one before it used, and no module that needs these', async () => {
    const packages = file('packages/used.js', 'require("node:https"); console.log("used"); module.exports = 1;');
    file('packages/unused.js', 'console.log("unused");');
    file('shared/shared.js', 'console.log("shared"); module.exports = require("used");');
    const script = file('script.js', 'console.log(`script ${require("shared")}`); process.stdin.resume();');
    const env = { NODE_PATH: ['packages', 'shared'].map((name) => join(folder, name)).join(delimiter) };
    const first = start(env);
    begin(first.child, script, env);
    await until(() => existsSync(join(folder, 'list.json')));

    await until(() => existsSync(join(folder, 'compiled')));
    const second = start(env);
    await until(() => second.said !== '');
    const before = second.said;
    begin(second.child, script, env);
    await until(() => second.said.includes('script'));

    expect(first.said).toBe('shared\nused\nscript 1\n');
    const listed = JSON.parse(readFileSync(join(folder, 'list.json'), 'utf8')) as string[];
    expect(listed.filter((path) => !path.startsWith('node:'))).toEqual([packages]);
    expect(listed).toContain('node:https');
    expect(before).toBe('used\n');
    expect(second.said).toBe('used\nshared\nscript 1\n');
  });

  it('has sent a command by each client of the AWS SDK to itself, and parsed something, in reserve alone', async () => {
    for (const [path, text] of await buildDependenciesLayer(root)) file(join('layer', path), text);
    const layer = join('layer', 'nodejs', 'node_modules');
    file(
      join(layer, 'watch.js'),
      `require('node:diagnostics_channel').subscribe('http.client.request.start', ({ request }) =>
        console.log('sent', request.host, request.getHeader('x-amz-target')));
      globalThis.__zod_globalConfig = { customError: ({ code }) => console.log('refused', code) };`,
    );
    const used = ['watch', 'zod', '@aws-sdk/client-dynamodb', '@aws-sdk/lib-dynamodb', '@aws-sdk/client-ssm'];
    const script = file('script.js', `for (const it of ${JSON.stringify(used)}) require(it); process.stdin.resume();`);
    const env = {
      NODE_PATH: join(folder, layer),
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'a',
      AWS_SECRET_ACCESS_KEY: 'b',
    };
    begin(start(env).child, script, env);
    await until(() => existsSync(join(folder, 'list.json')));

    const next = start(env, 'in-reserve');
    await until(() => next.said.split('\n').length > 3);
    const other = start(env);
    begin(other.child, file('end.js', 'console.log("runs");'), env);
    await until(() => other.said.endsWith('\n'));

    expect(other.said).toBe('runs\n');
    expect(next.said.trim().split('\n').sort()).toEqual([
      'refused invalid_type',
      'sent 127.0.0.1 AmazonSSM.GetParameter',
      'sent 127.0.0.1 DynamoDB_20120810.DeleteItem',
    ]);
  });

  it('begins all the same where a client of the AWS SDK cannot be made, fails or never ends', async () => {
    const client = (name: string, body: string): string =>
      file(`layer/@aws-sdk/${name}.js`, `exports.OwnClient = class { ${body} }; exports.OwnCommand = class {};`);
    const paths = [
      client('unmade', 'constructor() { throw new Error("no"); }'),
      client('failing', 'async send() { throw new Error("no"); }'),
      client('endless', 'send() { return new Promise(() => {}); }'),
    ];
    file('list.json', JSON.stringify(paths));
    const it = start({}, 'in-reserve');

    begin(it.child, file('script.js', 'console.log("runs");'));
    await until(() => it.said.endsWith('\n'));

    expect(it.said).toBe('runs\n');
  });

  it.each([
    ['of a package that is not there any more', '["/nowhere/gone.js"]'],
    ['that was not written to its end', '["/now'],
  ])('begins all the same with a list %s', async (_what, list) => {
    file('list.json', list);
    const it = start();

    begin(it.child, file('script.js', 'console.log("runs");'));
    await until(() => it.said.endsWith('\n'));

    expect(it.said).toBe('runs\n');
  });

  it('ends with the local cloud, before and after it is given something', async () => {
    const waiting = start();
    waiting.child.stdin.end();
    const given = start();
    begin(given.child, file('script.js', 'process.stdin.resume();'));
    given.child.stdin.end();

    const codes = await Promise.all([waiting, given].map(({ child }) => once(child, 'exit')));

    expect(codes).toEqual([
      [0, null],
      [0, null],
    ]);
  });
});
