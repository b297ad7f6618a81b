// Needs the sample domain, and goes with it: aviary begin.
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { localClient, localEndpoint } from '../../tools/local/environment.ts';
import { claimPort } from '../../tools/local/ports.ts';
import { aviary } from '../support/aviary.ts';
import { Clone } from '../support/clone.ts';
import { Debugger, type Breakpoint } from '../support/debugger.ts';
import { leftAfterAll, Started } from '../support/started.ts';

const list = 'functions/users/list-users.ts';
const listed = 'const { items, next } = await users.list';

describe('npm start --inspect', () => {
  let clone: Clone, started: Started, port: number;
  beforeAll(async () => {
    clone = new Clone();
    port = await claimPort(0);
    started = new Started(clone, ['--inspect', 'users', '--inspect-port', String(port)]);
    await started.process.says(/Watching\./);
  });
  afterAll(async () => {
    await started.kill();
    clone.delete();
  });

  /** The line of a file that has a text. */
  const at = (path: string, text: string, condition?: string): Breakpoint => {
    const line =
      clone
        .read(path)
        .split('\n')
        .findIndex((it) => it.includes(text)) + 1;
    if (line === 0) throw new Error(`${path} does not have ${text}`);
    return { file: realpathSync(join(clone.root, path)), line, condition };
  };
  const placeOf = ({ file, line }: Breakpoint): string => `${file}:${line}`;

  it('prints where the debugger of a function listens', () => {
    expect(started.process.stdout).toContain(`\ndebugger: users ws 127.0.0.1:${port}\n`);
  });

  it('hits breakpoints in the TypeScript of a function and of the shared layer, with their variables, and the request is answered', async () => {
    const inFunction = at('functions/users/create-user.ts', 'await users.create(user)');
    const inShared = at('layers/shared/src/validation/parse.ts', 'if (result.success)', 'input.email !== undefined');
    const editor = await Debugger.attach(port, [inFunction, inShared]);
    const sent = started.api<{ email: string }>('POST', '/users', { body: { email: 'ada@example.com', name: 'Ada' } });

    const shared = await editor.paused();
    const email = await shared.evaluate('result.data.email');
    await editor.resume();
    const own = await editor.paused();
    const name = await own.evaluate('user.name');
    await editor.resume();

    const { status, body } = await sent;
    editor.detach();
    expect([shared.place, email]).toEqual([placeOf(inShared), 'ada@example.com']);
    expect([own.place, name]).toEqual([placeOf(inFunction), 'Ada']);
    expect([status, body.data.email]).toEqual([201, 'ada@example.com']);
  });

  it('hits one in a package of the dependencies layer, and goes on when the debugger is detached', async () => {
    const inPackage = at('node_modules/zod/v4/core/parse.js', '? failure(_Err, result.issues, ctx)');
    const editor = await Debugger.attach(port, [inPackage]);
    const sent = started.api('GET', '/users');

    const { place } = await editor.paused();
    editor.detach();

    expect(place).toBe(placeOf(inPackage));
    expect((await sent).status).toBe(200);
  });

  it('gives a paused invocation a day, of which the function says nothing, and has others wait for their turn', async () => {
    const lambda = new LambdaClient(localClient(localEndpoint(started.record?.port ?? 0)));
    const observed = at('layers/shared/src/observability/observe-invocation.ts', 'logger.addContext(context)');
    const editor = await Debugger.attach(port, [observed, at(list, listed)]);
    const sent = [1, 2].map((limit) => started.api('GET', `/users?limit=${limit}`));

    const limits: unknown[] = [];
    const first = await editor.paused();
    const remaining = await first.evaluate('context.getRemainingTimeInMillis()');
    for (let turn = 1; turn <= 2; turn += 1) {
      await editor.resume();
      limits.push(await (await editor.paused()).evaluate('limit'));
      await editor.resume();
      if (turn === 1) await editor.paused();
    }

    const statuses = (await Promise.all(sent)).map(({ status }) => status);
    editor.detach();
    const { Timeout } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: 'aviary-users-local' }));
    lambda.destroy();
    expect(remaining).toBeGreaterThan(3_600_000);
    expect(Timeout).toBeLessThan(60);
    expect(limits.sort()).toEqual([1, 2]);
    expect(statuses).toEqual([200, 200]);
  });

  it('is attached to again on the same port after a save, before the new code answers what was sent meanwhile', async () => {
    const before = await Debugger.attach(port, []);
    await started.after(() => {
      clone.edit(
        list,
        `    ${listed}`,
        `    const saved = limit * 2;\n    if (saved < 0) throw new Error(String(saved));\n    ${listed}`,
      );
    }, /list-users\.ts: swapped users /);
    await before.ended;
    const sent = started.api('GET', '/users?limit=7');

    const inList = at(list, listed);
    const editor = await Debugger.attach(port, [inList]);
    const pause = await editor.paused();
    const values = [await pause.evaluate('saved'), await pause.evaluate('limit')];
    await editor.resume();

    const { status } = await sent;
    editor.detach();
    expect(pause.place).toBe(placeOf(inList));
    expect(values).toEqual([14, 7]);
    expect(status).toBe(200);
  });

  it('keeps what the inspector says out of the logs of the function', async () => {
    const { stdout } = await aviary(clone.root, ['logs', 'users', '--raw']);

    expect(stdout).toContain('END RequestId');
    expect(stdout).not.toMatch(/debugger/i);
  });

  it('names the nearest function where there is none of that name', async () => {
    const { code, stderr } = await aviary(clone.root, ['start', '--inspect', 'user']);

    expect(code).toBe(2);
    expect(stderr).toContain('error: There is no function user.\nDid you mean users? There are ');
  });

  it('says that the port of a debugger is in use', async () => {
    const { code, stderr } = await aviary(clone.root, ['start', '--inspect', 'users', '--inspect-port', String(port)]);

    expect(code).toBe(2);
    expect(stderr).toContain(`error: Port ${port} is in use by another program.\n`);
    expect(stderr).toContain('choose another port with `--inspect-port`.');
  });

  it('leaves nothing running after Ctrl-C while an invocation is paused', async () => {
    const editor = await Debugger.attach(port, [at(list, listed)]);
    const sent = started.api('GET', '/users').catch(() => undefined);
    await editor.paused();

    const { group } = await started.interrupt();

    await expect(leftAfterAll(clone, group)).resolves.toEqual([]);
    await editor.ended;
    await sent;
  });
});
