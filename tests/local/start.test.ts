import { readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import type { User } from '../../functions/users/users-repository.ts';
import { aviary, type Outcome } from '../support/aviary.ts';
import { functionNames } from '../support/aviary-stage.ts';
import { Clone } from '../support/clone.ts';
import { leftAfterAll, recordIn, Started } from '../support/started.ts';

describe('npm start', () => {
  let clone: Clone;
  beforeAll(() => {
    clone = new Clone();
  });
  afterAll(() => {
    clone.delete();
  });

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
      expect(recordIn(clone)).toBeUndefined();
      await expect(leftAfterAll(clone, -1)).resolves.toEqual([]);
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

  it('keeps what was stored for the next start with --keep, and settles what was swapped before: an edit that was taken back while nothing ran is not served', async () => {
    clone.reset();
    const sources = 'functions/users/list-users.ts';
    const first = new Started(clone, ['--keep']);
    await first.process.says(/Watching\./);
    const { body } = await first.api<User>('POST', '/users', { body: { email: 'kept@example.com', name: 'Kept' } });
    await first.after(() => {
      clone.edit(sources, /status: 200, data: \{ items(?=,| \})/g, 'status: 203, data: { items');
    }, /list-users\.ts: swapped users /);
    const swapped = await first.api('GET', '/users?limit=1');
    await first.interrupt();
    clone.reset();

    const second = new Started(clone, ['--keep', '--no-watch']);
    await second.process.says(/Comparing the tree with aviary-local \(/);
    while (!second.process.stdout.includes('curl')) await sleep(20);
    const found = await second.api<User>('GET', `/users/${body.data.id}`);
    const settled = await second.api('GET', '/users?limit=1');
    const { outcome, group } = await second.interrupt();

    expect(found).toMatchObject({ status: 200, body: { data: body.data } });
    expect([swapped.status, settled.status]).toEqual([203, 200]);
    expect(outcome.stderr).not.toContain('sam build');
    await expect(leftAfterAll(clone, group)).resolves.toEqual([]);
  });

  it('ends, and says where to look, when its cloud has died while it watches', async () => {
    const started = new Started(clone);
    await started.process.says(/Watching\./);
    const group = started.record?.pid ?? 0;

    process.kill(group, 'SIGKILL');
    const { code, stderr } = await started.process.outcome;

    expect(code).toBe(2);
    expect(stderr).toContain('error: The local cloud has ended unexpectedly.\nRead .aviary/local/ministack.log');
    await expect(leftAfterAll(clone, group)).resolves.toEqual([]);
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
