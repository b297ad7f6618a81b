import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import type { User } from '../../functions/users/users-repository.ts';
import { readRecord } from '../../tools/local/record.ts';
import { cloudDirectory } from '../../tools/local/cloud.ts';
import { aviary, AviaryProcess, type Outcome } from '../support/aviary.ts';
import { functionNames } from '../support/aviary-stage.ts';
import { Clone } from '../support/clone.ts';
import { apiAt, type Api } from '../support/http.ts';

describe('npm start', () => {
  let clone: Clone;
  beforeAll(() => {
    clone = new Clone();
  });
  afterAll(() => {
    clone.delete();
  });

  /** The record of the running cloud. */
  const record = () => readRecord(cloudDirectory(clone.root));
  /** Processes that have the clone's folder, or the cloud's group, in what the system says of them. */
  const left = (group: number): string[] =>
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((pid) => {
        try {
          const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
            .replace(/^.*\) /, '')
            .split(' ');
          const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
          const [state, , inGroup] = stat;
          return state !== 'Z' && (inGroup === String(group) || command.includes(clone.root)) ? [command] : [];
        } catch {
          return [];
        }
      });
  /** The processes that are left; one that was ended is there until something has collected it. */
  const leftAfterAll = async (group: number): Promise<string[]> => {
    for (let attempt = 0; attempt < 100 && left(group).length > 0; attempt += 1) await sleep(50);
    return left(group);
  };
  const interrupt = async (started: AviaryProcess): Promise<{ outcome: Outcome; group: number }> => {
    const group = record()?.pid ?? 0;
    started.child.kill('SIGINT');
    return { outcome: await started.outcome, group };
  };
  /** The address of the API, out of what it prints for people. */
  const apiOf = (started: AviaryProcess): Api => {
    const url = /(http:\S+)\/users/.exec(started.stdout)?.[1];
    if (url === undefined) throw new Error(`It names no address:\n${started.stdout}`);
    return apiAt(url);
  };

  describe('--check', () => {
    let outcome: Outcome;
    beforeAll(async () => {
      outcome = await aviary(clone.root, ['start', '--check', '--port', '0']);
    });

    it('sends the sample events of every function, and says on stdout, as data, how each of them did', () => {
      const { api, functions, checks } = JSON.parse(outcome.stdout) as {
        api: string;
        functions: { name: string; release: string; url?: string }[];
        checks: { name: string; ok: boolean }[];
      };
      const samples = functionNames.flatMap((name) =>
        readdirSync(join(clone.root, 'functions', name, 'events')).map(
          (file) => `${name}/${file.replace('.json', '')}`,
        ),
      );

      expect(outcome.code).toBe(0);
      expect(api).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/_aws\/execute-api\/\w+\/local$/);
      expect(functions.map(({ name }) => name).sort()).toEqual(functionNames);
      expect(Object.fromEntries(functions.map(({ name, url }) => [name, url]))).toMatchObject({
        health: `${api}/health`,
        users: `${api}/users`,
        'github-webhook': `${api}/webhooks/github`,
        processor: undefined,
      });
      expect(functions.every(({ release }) => /^[0-9a-f]{64}$/.test(release))).toBe(true);
      expect(checks.map(({ name }) => name).sort()).toEqual(['health', ...samples].sort());
      expect(checks.filter(({ ok }) => !ok)).toEqual([]);
    });

    it('leaves nothing running', async () => {
      expect(record()).toBeUndefined();
      await expect(leftAfterAll(-1)).resolves.toEqual([]);
    });

    it('ends with 1 where a function does not do with its sample what it should, and names that sample', async () => {
      clone.edit('functions/processor/events/delete.json', '"delete"', '"explode"');

      const failed = await aviary(clone.root, ['start', '--check', '--port', '0']);

      clone.reset();
      const { checks } = JSON.parse(failed.stdout) as { checks: { name: string; ok: boolean; problem?: string }[] };
      expect(failed.code).toBe(1);
      expect(checks.filter(({ ok }) => !ok)).toEqual([
        { name: 'processor/delete', ok: false, problem: expect.stringContaining('action: ') as string },
      ]);
    });
  });

  describe('while it watches', () => {
    let started: AviaryProcess, api: Api;
    beforeAll(async () => {
      started = new AviaryProcess(clone.root, ['start', '--port', '0']);
      await started.says(/Watching\./);
      api = apiOf(started);
    });
    afterAll(async () => {
      started.child.kill('SIGKILL');
      await started.outcome;
    });

    /** Does something and waits for what is said of it. */
    const after = (edit: () => void, wanted: RegExp): Promise<RegExpExecArray> => {
      const from = started.stderr.length;
      edit();
      return started.says(wanted, from);
    };

    it('shows the documentation of the API', async () => {
      const url = /Documentation of the API: (\S+)/.exec(started.stdout)?.[1] ?? '';

      const page = await fetch(url);
      const tried = await fetch(new URL('/api/health', url));

      expect([page.status, tried.status]).toEqual([200, 200]);
      await expect(page.text()).resolves.toContain('swagger-ui');
    });

    it('deploys on save the function that the file belongs to, and no other, which then answers with the new code', async () => {
      const before = await api('GET', '/users?limit=1');

      const [, names] = await after(() => {
        clone.edit(
          'functions/users/list-users.ts',
          /status: 200, data: \{ items(?=,| \})/g,
          'status: 203, data: { items',
        );
      }, /list-users\.ts: deployed (.*) in /);

      const now = await api('GET', '/users?limit=1');
      expect(names).toMatch(/^users [0-9a-f]{12}$/);
      expect([before.status, now.status]).toEqual([200, 203]);
    });

    it('names file and line of what does not compile, and lets the last good version answer', async () => {
      const good = clone.read('functions/users/list-users.ts');

      const [said] = await after(() => {
        clone.edit('functions/users/list-users.ts', 'return async', 'return async async');
      }, /error: functions\/users\/list-users\.ts:\d+:\d+: [^]*Mend .*/);

      const answer = await api('GET', '/users?limit=1');
      expect(said).toContain('What ran before runs on.');
      expect(answer.status).toBe(203);
      await after(() => {
        clone.write('functions/users/list-users.ts', good);
      }, /list-users\.ts: nothing to deploy/);
    });

    it('says that a comment has nothing to deploy', async () => {
      const [said] = await after(() => {
        clone.append('functions/health/handler.ts', '\n// A comment.\n');
      }, /handler\.ts: .*/);

      expect(said).toMatch(/^handler\.ts: nothing to deploy/);
    });

    it('runs the functions on their layers: nothing is loaded out of any node_modules but theirs', async () => {
      const source = [
        "import * as z from 'zod';",
        "import { parse } from '@shared/validation/parse';",
        'export const handler = async () => [typeof parse(z.string(), "text"), ...Object.keys(require.cache)];',
      ];

      await after(() => {
        clone.write('functions/processor/handler.ts', source.join('\n'));
      }, /deployed processor/);

      const endpoint = `http://127.0.0.1:${record()?.port ?? 0}`;
      const url = `${endpoint}/2015-03-31/functions/aviary-processor-local:live/invocations`;
      const [type, ...loaded] = (await (await fetch(url, { method: 'POST', body: '{}' })).json()) as string[];
      const packages = loaded.filter((path) => path.includes('node_modules'));
      expect(type).toBe('string');
      expect(packages.map((path) => path.replace(/^.*\/nodejs\/node_modules\//, '')).sort()).toEqual(
        expect.arrayContaining(['@shared/validation/parse.js', 'shared-layer.js', 'zod.js']),
      );
      expect(loaded.filter((path) => path.startsWith(clone.root))).toEqual([]);
      expect(packages.filter((path) => !path.includes('/nodejs/node_modules/'))).toEqual([]);
    });

    it('says on which port it runs to a second one, which changes nothing', async () => {
      const second = await aviary(clone.root, ['start']);

      expect(second.code).toBe(2);
      expect(second.stderr).toMatch(/error: The local cloud runs already, on port \d+ .*\nUse it, or stop it/);
      expect((await api('GET', '/health')).status).toBe(200);
    });

    it('stops everything on Ctrl-C', async () => {
      const { outcome, group } = await interrupt(started);

      expect([0, 130]).toContain(outcome.code);
      expect(outcome.stderr).not.toMatch(/\n\s+at /);
      expect(record()).toBeUndefined();
      expect(existsSync(join(cloudDirectory(clone.root), 'cloud.json'))).toBe(false);
      await expect(leftAfterAll(group)).resolves.toEqual([]);
    });
  });

  it('keeps what was stored for the next start with --keep', async () => {
    clone.reset();
    const args = ['start', '--keep', '--no-watch', '--port', '0'];
    const first = new AviaryProcess(clone.root, args);
    await first.says(/Asking for its health \(/);
    while (!first.stdout.includes('curl')) await sleep(20);
    const { body } = await apiOf(first)<User>('POST', '/users', { body: { email: 'kept@example.com', name: 'Kept' } });
    await interrupt(first);

    const second = new AviaryProcess(clone.root, args);
    await second.says(/Comparing the tree with aviary-local \(/);
    while (!second.stdout.includes('curl')) await sleep(20);
    const found = await apiOf(second)<User>('GET', `/users/${body.data.id}`);
    const { outcome, group } = await interrupt(second);

    expect(found).toMatchObject({ status: 200, body: { data: body.data } });
    expect(outcome.stderr).not.toContain('sam build');
    await expect(leftAfterAll(group)).resolves.toEqual([]);
  });

  it('says in one sentence, with the next step, that the port is in use', async () => {
    const server = createServer();
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });

    const { code, stdout, stderr } = await aviary(clone.root, ['start', '--port', String(port)]);

    server.close();
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(
      `error: Port ${port} is in use by another program.\nStop that program, or choose another port with \`--port\`.\n`,
    );
  });
});
