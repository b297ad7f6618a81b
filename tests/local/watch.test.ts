// Needs the sample domain, and goes with it: aviary begin.
import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  ListVersionsByFunctionCommand,
  type FunctionConfiguration,
} from '@aws-sdk/client-lambda';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { StageEvent, StageView } from '../../tools/console/api.ts';
import { cloudDirectory } from '../../tools/local/cloud.ts';
import { localClient, localEndpoint } from '../../tools/local/environment.ts';
import { aviary, aviaryJson } from '../support/aviary.ts';
import { Clone } from '../support/clone.ts';
import { ConsoleClient } from '../support/console/client.ts';
import { eventually } from '../support/runtime/eventually.ts';
import type { Api } from '../support/http.ts';
import { leftAfterAll, recordIn, Started } from '../support/started.ts';

interface FunctionStatus {
  readonly name: string;
  readonly tree: string;
  readonly agrees: boolean;
  readonly swapped: string | null;
}

const FunctionName = 'aviary-users-local';
const sources = 'functions/users/list-users.ts';
const answer = /status: 20\d, data: \{ items(?=,| \})/g;
const parse = 'layers/shared/src/validation/parse.ts';

describe('npm start while it watches', () => {
  let clone: Clone, started: Started, api: Api, lambda: LambdaClient;
  beforeAll(async () => {
    clone = new Clone();
    started = new Started(clone);
    await started.process.says(/Watching\./);
    api = started.api;
    lambda = new LambdaClient(localClient(localEndpoint(started.record?.port ?? 0)));
  });
  afterAll(async () => {
    lambda.destroy();
    await started.kill();
    clone.delete();
  });

  const statusOf = async (name: string): Promise<FunctionStatus | undefined> => {
    const { functions } = await aviaryJson<{ functions: FunctionStatus[] }>(clone.root, ['status']);
    return functions.find((it) => it.name === name);
  };
  const live = (): Promise<FunctionConfiguration> =>
    lambda.send(new GetFunctionConfigurationCommand({ FunctionName, Qualifier: 'live' }));
  /** Has `GET /users` answer with a status; waits until that is said to run. */
  const answerWith = (status: number): Promise<RegExpExecArray> =>
    started.after(() => {
      clone.edit(sources, answer, `status: ${status}, data: { items`);
    }, /list-users\.ts: swapped (.+) in \d+ ms/);
  const usersStatus = async (): Promise<number> => (await api('GET', '/users?limit=1')).status;

  it('shows the documentation of the API', async () => {
    const url = /Documentation of the API: (\S+)/.exec(started.process.stdout)?.[1] ?? '';

    const page = await fetch(url);
    const tried = await fetch(new URL('/api/health', url));

    expect([page.status, tried.status]).toEqual([200, 200]);
    await expect(page.text()).resolves.toContain('swagger-ui');
  });

  it('shows what runs on the console, and tells it of a save', async () => {
    const page = new ConsoleClient({ url: /Console: (\S+)/.exec(started.process.stdout)?.[1] ?? '' });
    const events = await page.stream<StageEvent>('events');
    await answerWith(202);

    await expect(events.next()).resolves.toEqual({ done: false, value: { changed: 'stage' } });

    const { functions } = await page.get<StageView>('stage');
    expect(functions.filter(({ swapped }) => swapped !== null).map(({ name }) => name)).toEqual(['users']);
    await answerWith(200);
    await events.return(undefined);
  });

  it('swaps on save the function that the file belongs to, and no other, which then answers with the new code', async () => {
    const before = await usersStatus();

    const [, names] = await answerWith(203);

    const { RELEASE } = (await live()).Environment?.Variables ?? {};
    expect([before, await usersStatus()]).toEqual([200, 203]);
    expect(names).toMatch(/^users [0-9a-f]{12}$/);
    expect(names).toBe(`users ${RELEASE ?? ''}`);
  });

  it('has status say what is swapped, out of the cloud and not as a change by hand', async () => {
    const { RELEASE = '' } = (await live()).Environment?.Variables ?? {};

    await expect(statusOf('users')).resolves.toMatchObject({ tree: 'changed', agrees: true, swapped: RELEASE });
    await expect(statusOf('health')).resolves.toMatchObject({ tree: 'unchanged', agrees: true, swapped: null });
    const { code, stdout } = await aviary(clone.root, ['recover']);
    expect([code, stdout]).toEqual([0, expect.stringContaining('Nothing is to be done') as unknown]);
  });

  it('points from a stack of what was saved at the file and the line', async () => {
    const failing = "if (request.query['limit'] === '13') throw new Error('on purpose');";
    const begin = 'return async (request) => {';
    await started.after(() => {
      clone.edit(sources, begin, `${begin} ${failing}`);
    }, /list-users\.ts: swapped/);

    await api('GET', '/users?limit=13');

    const { stdout } = await aviary(clone.root, ['logs', 'users', '--level', 'error', '--grep', 'on purpose']);
    await started.after(() => {
      clone.edit(sources, ` ${failing}`, '');
    }, /list-users\.ts: swapped/);
    const [above = ''] = clone.read(sources).split(begin);
    expect(stdout).toContain(`\n        at ${sources}:${above.split('\n').length}:`);
    expect(stdout).toMatch(/\n {8}at layers\/shared\/src\/http\/guard\.ts:\d+:\d+\n/);
  });

  it('keeps no more than two versions that were swapped in, however often it is saved', async () => {
    for (const status of [201, 202, 204]) await answerWith(status);
    await answerWith(203);

    // They are removed when the new code answers already.
    const swapped = await eventually(
      async () => {
        const { Versions = [] } = await lambda.send(new ListVersionsByFunctionCommand({ FunctionName }));
        return Versions.filter(({ Description }) => Description?.includes('(swapped ') === true);
      },
      (found) => found.length <= 2,
    );
    expect(swapped).toHaveLength(2);
  });

  it.each([
    [5, 205],
    [20, 206],
    [40, 207],
  ])('runs what is saved again %i ms after a save, as by a formatter', async (ms, status) => {
    const from = started.process.stderr.length;
    clone.edit(sources, answer, 'status: 204, data: { items');
    await sleep(ms);
    clone.edit(sources, answer, `status: ${status}, data: { items`);

    const seen = await eventually(usersStatus, (it) => it === status);
    const { RELEASE = '' } = (await live()).Environment?.Variables ?? {};
    await started.process.says(new RegExp(`swapped users ${RELEASE}`), from);
    await answerWith(203);
    expect(seen).toBe(status);
  });

  it('does not run a file that was emptied to be written', async () => {
    const from = started.process.stderr.length;
    const text = clone.read(sources).replace(answer, 'status: 204, data: { items');
    await started.after(async () => {
      clone.write(sources, '');
      await sleep(60);
      clone.write(sources, text);
    }, /list-users\.ts: swapped [^\n]+\n/);

    const status = await usersStatus();
    await answerWith(203);
    expect(status).toBe(204);
    expect(started.process.stderr.slice(from)).toMatch(/^(functions\/users\/list-users\.ts: swapped [^\n]+\n){2}$/);
  });

  it('names file and line of what does not compile, and lets the last good version answer', async () => {
    const good = clone.read(sources);

    const [said] = await started.after(() => {
      clone.edit(sources, 'return async', 'return async async');
    }, /error: functions\/users\/list-users\.ts:\d+:\d+: [^]*Mend .*/);
    const status = await usersStatus();
    const logs = await aviary(clone.root, ['logs', 'users', '--level', 'error', '--grep', 'on purpose']);
    await started.after(() => {
      clone.write(sources, good);
    }, /list-users\.ts: nothing to deploy/);

    expect(said).toContain('What ran before runs on.');
    expect(logs).toMatchObject({ code: 0, stderr: expect.stringContaining('No source maps of') as unknown });
    expect(status).toBe(203);
  });

  it('runs a file that is made after the one that imports it', async () => {
    const text = clone.read(sources).replace(answer, 'status: status(), data: { items');
    await started.after(() => {
      clone.write(sources, `import { status } from './made-later.ts';\n${text}`);
    }, /error: functions\/users\/list-users\.ts:1:\d+: Could not resolve/);

    await started.after(() => {
      clone.write('functions/users/made-later.ts', 'export const status = () => 203;\n');
    }, /swapped users /);

    await expect(usersStatus()).resolves.toBe(203);
  });

  it('says what types are wrong, with file and line, beside the new code and without waiting for it', async () => {
    const good = clone.read('functions/health/handler.ts');
    const said = started.process.stderr.length;
    const [wrong] = await started.after(() => {
      clone.append('functions/health/handler.ts', "\nexport const wrong: number = 'text';\n");
    }, /types: 1 error\n {2}functions\/health\/.+/);

    expect(wrong).toMatch(/functions\/health\/handler\.ts:\d+:14: Type 'string' is not assignable to type 'number'\.$/);
    expect(started.process.stderr.slice(said)).toContain('handler.ts: swapped health ');
    await started.after(() => {
      clone.write('functions/health/handler.ts', good);
    }, /types: no errors any more/);
  });

  it('says that a comment has nothing to deploy', async () => {
    const [said] = await started.after(() => {
      clone.append('functions/analytics/handler.ts', '\n// A comment.\n');
    }, /analytics\/handler\.ts: .*/);

    expect(said).toMatch(/handler\.ts: nothing to deploy/);
  });

  it('swaps every function that reaches a shared module', async () => {
    const [, names = ''] = await started.after(() => {
      clone.edit(parse, "'is not a known field'", "'is not known here'");
    }, /parse\.ts: swapped (.+) in \d+ ms/);

    const { body } = await api('POST', '/users', {
      body: { email: 'a@example.com', name: 'A', unknown: true },
    });
    expect(JSON.stringify(body)).toContain('is not known here');
    expect(names.split(', ').map((name) => name.split(' ')[0])).toEqual(
      expect.arrayContaining(['users', 'orders', 'processor']),
    );
  });

  it('deploys what is more than code, and settles with it what is swapped: the same bytes, published by the stack', async () => {
    const swapped = await live();

    const [, names] = await started.after(() => {
      clone.edit('template.yaml', 'POWERTOOLS_SERVICE_NAME: health', 'POWERTOOLS_SERVICE_NAME: healthy');
    }, /template\.yaml: deployed (.*) in /);

    const deployed = await live();
    expect(names).toMatch(/health [0-9a-f]{12}/);
    expect(names).toMatch(/users [0-9a-f]{12}/);
    expect(swapped.Description).toContain('(swapped ');
    expect(deployed.Description).toContain('(release ');
    expect(deployed.CodeSha256).toBe(swapped.CodeSha256);
    expect(deployed.Environment).toEqual(swapped.Environment);
    await expect(statusOf('users')).resolves.toMatchObject({ tree: 'unchanged', agrees: true, swapped: null });
  });

  it('goes back to the version of the stack where an edit is taken back', async () => {
    const { Version } = await live();
    const before = clone.read(sources);
    await started.after(() => {
      clone.edit(sources, 'status: status()', 'status: 207');
    }, /list-users\.ts: swapped users /);
    const between = await usersStatus();

    await started.after(() => {
      clone.write(sources, before);
    }, /list-users\.ts: swapped users /);

    expect([between, await usersStatus()]).toEqual([207, 203]);
    await expect(live()).resolves.toMatchObject({ Version });
    await expect(statusOf('users')).resolves.toMatchObject({ tree: 'unchanged', agrees: true, swapped: null });
  });

  it('says on which port it runs to a second one, which changes nothing', async () => {
    const second = await aviary(clone.root, ['start']);

    expect(second.code).toBe(2);
    expect(second.stderr).toMatch(/error: The local cloud runs already, on port \d+ .*\nUse it, or stop it/);
    expect((await api('GET', '/health')).status).toBe(200);
  });

  it('stops everything on Ctrl-C', async () => {
    const { outcome, group } = await started.interrupt();

    expect([0, 130]).toContain(outcome.code);
    expect(outcome.stderr).not.toMatch(/\n\s+at /);
    expect(recordIn(clone)).toBeUndefined();
    expect(existsSync(join(cloudDirectory(clone.root), 'cloud.json'))).toBe(false);
    await expect(leftAfterAll(clone, group)).resolves.toEqual([]);
  });
});
