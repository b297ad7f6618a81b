// Needs the sample domain, and goes with it: aviary begin.
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Plan } from '../../tools/plan/plan.ts';
import { useTwoAccounts, type Account, type TwoAccounts } from '../support/two-accounts.ts';

const functions = ['github-webhook', 'health', 'processor', 'users'];

/** Exit code and words of a command that is refused. */
interface Refusal {
  readonly code: number | null;
  readonly stderr: string;
}

describe('the way to production, as the deploy workflow walks it', () => {
  const accounts = useTwoAccounts();

  /** Plan, compose, `sam build`, package, `sam deploy`: the steps of deploy-stage.yml, by the same commands. */
  async function ship(two: TwoAccounts, account: Account, more: readonly string[] = []): Promise<Plan> {
    const planFile = join(two.clone.root, '.aviary', `plan-${account}.json`);
    const stage = ['--stage', account];
    const plan = await two.done(account, ['plan', ...stage, ...more, '--json']);
    writeFileSync(planFile, plan);
    await two.done(account, ['compose', ...stage, ...more, '--plan', planFile]);
    const config = ['--config-file', `.aviary/deploy/${account}/samconfig.toml`, '--config-env', account];
    await two.sam(account, ['build', ...config]);
    await two.done(account, ['package', ...stage]);
    await two.sam(account, ['deploy', ...config]);
    return JSON.parse(plan) as Plan;
  }
  const collected = (): string => join(accounts().clone.root, '.aviary', 'artifacts', 'staging');
  const refused = async (account: Account, args: readonly string[], path = ''): Promise<Refusal> => {
    const more = path === '' ? {} : { PATH: [path, process.env['PATH'] ?? ''].join(delimiter) };
    const { code, stderr } = await accounts().aviary(account, args, more);
    return { code, stderr };
  };

  beforeAll(async () => {
    await ship(accounts(), 'staging');
    await accounts().done('staging', ['collect', '--stage', 'staging']);
    await ship(accounts(), 'production', ['--artifacts', collected()]);
  });

  it.each(functions)('gives production the very package of %s that staging runs', async (name) => {
    const [staging, production] = await Promise.all([
      accounts().codeSha256('staging', name),
      accounts().codeSha256('production', name),
    ]);

    expect(production).toMatch(/^[A-Za-z0-9+/]{43}=$/);
    expect(production).toBe(staging);
  });

  it.each(['staging', 'production'] as const)('leaves nothing to do in %s', async (account) => {
    const more = account === 'production' ? ['--artifacts', collected()] : [];
    const plan = JSON.parse(await accounts().done(account, ['plan', '--stage', account, ...more, '--json'])) as Plan;

    expect(plan.items.filter(({ change }) => change !== 'unchanged')).toEqual([]);
  });

  it('writes a bill of materials beside each package', () => {
    const folder = join(accounts().clone.root, '.aviary/deploy/staging/packages');
    const bill = JSON.parse(readFileSync(join(folder, 'Users.cdx.json'), 'utf8')) as {
      components: { name: string; group?: string; purl: string }[];
    };

    expect(bill.components.map(({ purl }) => purl)).toContainEqual(expect.stringMatching(/^pkg:npm\/zod@\d/));
    expect(bill.components.map(({ group = '', name }) => `${group}/${name}`)).toContain('@aws-sdk/client-dynamodb');
  });

  describe('when a function changed', () => {
    let before: string | undefined;
    beforeAll(async () => {
      const two = accounts();
      two.clone.edit('functions/users/get-user.ts', 'status: 200', 'status: 203');
      two.clone.commit('Answer 203');
      before = await two.template('production');
    });

    it('does not let production have what staging does not run', async () => {
      const { code, stderr } = await refused('staging', ['collect', '--stage', 'staging']);

      expect(stderr).toContain('staging does not run what the tree asks for: Users would move.');
      expect(code).toBe(2);
    });

    it('does not let production have a build of its own', async () => {
      const { code, stderr } = await refused('production', ['deploy', '--stage', 'production']);

      expect(stderr).toContain('Production takes what staging runs, and users would be built here.');
      expect(code).toBe(2);
    });

    it('refuses artifacts of another commit', async () => {
      const { stderr } = await refused('production', [
        ...['deploy', '--stage', 'production', '--artifacts', collected()],
      ]);

      expect(stderr).toMatch(/The artifacts were collected at [0-9a-f]{40}, and this is [0-9a-f]{40}\./);
    });

    it('has left production alone in each case', async () => {
      await expect(accounts().template('production')).resolves.toBe(before);
    });
  });

  describe('when it is deployed to staging', () => {
    let before: string | undefined;
    let planFile: string;
    beforeAll(async () => {
      const two = accounts();
      before = await two.template('production');
      planFile = join(two.clone.root, '.aviary', 'plan.json');
      writeFileSync(planFile, await two.done('staging', ['plan', '--stage', 'staging', '--json']));
      await ship(two, 'staging');
      await two.done('staging', ['collect', '--stage', 'staging']);
    });

    it('refuses a plan that was made before that', async () => {
      const { code, stderr } = await refused('staging', ['compose', '--stage', 'staging', '--plan', planFile]);

      expect(stderr).toContain('The stack of staging was changed since the plan was made.');
      expect(code).toBe(2);
    });

    it('refuses the plan of another stage', async () => {
      const { stderr } = await refused('production', ['compose', '--stage', 'production', '--plan', planFile]);

      expect(stderr).toContain('The plan is for staging, not for production.');
    });

    it('refuses a package that was changed after it was collected', async () => {
      const file = join(collected(), 'Users.zip');
      const good = readFileSync(file);
      writeFileSync(file, Buffer.concat([good, Buffer.from('more')]));

      const { code, stderr } = await refused('production', [
        ...['deploy', '--stage', 'production', '--artifacts', collected()],
      ]);
      writeFileSync(file, good);

      expect(stderr).toContain('Users.zip is not the package that staging runs');
      expect(code).toBe(2);
    });

    it('refuses a package that somebody wrote over in the bucket', async () => {
      const client = accounts().s3('staging');
      const template = (await accounts().template('staging')) ?? '';
      const [, key = ''] = /^ {2}Users:$[^]*?CodeUri: s3:\/\/aviary-artifacts\/(\S+)/m.exec(template) ?? [];
      const good = readFileSync(join(collected(), 'Users.zip'));
      await client.send(new PutObjectCommand({ Bucket: 'aviary-artifacts', Key: key, Body: 'evil' }));

      const { code, stderr } = await refused('staging', [
        ...['collect', '--stage', 'staging', '--to', join(accounts().clone.root, '.aviary', 'other')],
      ]);
      await client.send(new PutObjectCommand({ Bucket: 'aviary-artifacts', Key: key, Body: good }));
      client.destroy();

      expect(stderr).toMatch(/The package of users in the bucket of staging is not the one that was deployed/);
      expect(code).toBe(2);
    });

    it('refuses a package that nobody attests', async () => {
      const { code, stderr } = await refused(
        'production',
        ['deploy', '--stage', 'production', '--artifacts', collected(), '--attested-by', 'birds/aviary'],
        fakeGh(accounts().clone.root, 1),
      );

      expect(stderr).toContain('Nothing attests that .github/workflows/deploy-stage.yml of birds/aviary built Users');
      expect(code).toBe(2);
    });

    it('has left production alone in each case', async () => {
      await expect(accounts().template('production')).resolves.toBe(before);
    });

    it('promotes it in one command where the packages are attested', async () => {
      const two = accounts();
      const path = fakeGh(two.clone.root, 0);
      const { code, stderr } = await two.aviary(
        'production',
        ['deploy', '--stage', 'production', '--artifacts', collected(), '--attested-by', 'birds/aviary'],
        { PATH: [path, process.env['PATH'] ?? ''].join(delimiter) },
      );

      expect(stderr).toContain('sam deploy');
      expect(code).toBe(0);
      expect(readFileSync(join(path, 'asked'), 'utf8')).toMatch(
        /^attestation verify \S+Users\.zip --repo birds\/aviary --signer-workflow birds\/aviary\/\S+ --source-ref refs\/heads\/main$/m,
      );
      await expect(two.codeSha256('production', 'users')).resolves.toBe(await two.codeSha256('staging', 'users'));
    });
  });
});

/** A GitHub CLI that answers with an exit code, and notes what it was asked; the real one needs GitHub. */
function fakeGh(root: string, code: number): string {
  const folder = join(root, '.aviary', `gh-${code}`);
  const script = `#!/bin/sh\necho "$*" >> "${folder}/asked"\n[ ${code} -eq 0 ] || echo "no attestations found" >&2\nexit ${code}\n`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'gh'), script);
  chmodSync(join(folder, 'gh'), 0o755);
  return folder;
}
