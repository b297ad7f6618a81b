// Needs the sample domain, and goes with it: aviary begin.
import {
  GetFunctionConfigurationCommand,
  InvokeCommand,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  UpdateAliasCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Rehearsal } from '../../tools/canary/rehearse.ts';
import { aviary, AviaryProcess } from '../support/aviary.ts';
import { functionNames, useStage } from '../support/aviary-stage.ts';
import { eventually } from '../support/runtime/eventually.ts';
import { fakeCodeDeploy, type FakeCodeDeploy } from '../support/runtime/fake-codedeploy.ts';

const stage = useStage();

describe('the traffic hook', () => {
  const FunctionName = 'aviary-traffic-hook-local';
  let codeDeploy: FakeCodeDeploy;

  beforeAll(async () => {
    codeDeploy = await fakeCodeDeploy();
    const { environment } = (await stage().running())['traffic-hook'] ?? {};
    const Variables = { ...environment, AWS_ENDPOINT_URL_CODEDEPLOY: codeDeploy.base };
    await stage().lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }));
  });
  afterAll(() => codeDeploy.close());

  const ask = async (event: unknown): Promise<{ failed: boolean; verdict: { reason?: string } }> => {
    const command = new InvokeCommand({ FunctionName, Payload: Buffer.from(JSON.stringify(event)) });
    const { FunctionError, Payload } = await stage().lambda.send(command);
    const verdict = JSON.parse(Payload?.transformToString() ?? '{}') as { reason?: string };
    return { failed: FunctionError !== undefined, verdict };
  };

  it('lets traffic move to what runs, of each function that has a canary', async () => {
    const running = await stage().running();
    const asked = functionNames.filter((name) => name !== 'traffic-hook');

    const told: Record<string, unknown> = {};
    for (const name of asked) {
      const event = codeDeploy.begin(`aviary-${name}-local`, running[name]?.version ?? '');
      const { verdict } = await ask(event);
      told[name] = [codeDeploy.statusOf(event.DeploymentId), verdict.reason];
    }

    expect(told).toEqual(Object.fromEntries(asked.map((name) => [name, ['Succeeded', 'its checks passed']])));
  });

  it.each([
    ['a version that is not there', 'aviary-users-local', '999', 'it refuses a request without a caller: '],
    ['a function that nobody says anything of', 'aviary-unknown-local', '1', 'it has no checks'],
    ['a function of another stage', 'aviary-users-staging', '1', 'it has no checks'],
  ])('holds traffic back from %s, at once', async (_what, name, version, reason) => {
    const event = codeDeploy.begin(name, version);

    const { verdict } = await ask(event);

    expect([codeDeploy.statusOf(event.DeploymentId), verdict.reason]).toEqual([
      'Failed',
      expect.stringContaining(reason),
    ]);
  });

  it('fails where CodeDeploy cannot be told, and so is invoked again', async () => {
    const unknown = { DeploymentId: 'd-none', LifecycleEventHookExecutionId: 'hook-none' };

    await expect(ask(unknown)).resolves.toMatchObject({ failed: true });
  });
});

describe('aviary canary rehearse', () => {
  const entry = 'functions/users/handler.ts';
  const getUser = 'functions/users/get-user.ts';
  const begin = 'return async (request) => {\n';

  const rehearse = async (...args: string[]): Promise<Rehearsal & { code: number | null }> => {
    const { root } = stage().clone;
    const { code, stdout, stderr } = await aviary(root, ['canary', 'rehearse', 'users', '--json', ...args]);
    if (stdout === '') throw new Error(stderr);
    return { code, ...(JSON.parse(stdout) as Rehearsal) };
  };
  /** What the next version would be published from. */
  const latest = async (): Promise<unknown> => {
    const FunctionName = 'aviary-users-local';
    const { CodeSha256, Environment } = await stage().lambda.send(
      new GetFunctionConfigurationCommand({ FunctionName }),
    );
    return { CodeSha256, Environment };
  };
  const versions = async (): Promise<string[]> => {
    const command = new ListVersionsByFunctionCommand({ FunctionName: 'aviary-users-local' });
    return ((await stage().lambda.send(command)).Versions ?? []).map(({ Version = '' }) => Version);
  };
  /** The tree with one line more in a file, for as long as the work takes. */
  const withEdit = async <T>(
    path: string,
    [from, to]: readonly [string, string],
    work: () => Promise<T>,
  ): Promise<T> => {
    const text = stage().clone.read(path);
    stage().clone.edit(path, from, to);
    try {
      return await work();
    } finally {
      stage().clone.write(path, text);
    }
  };

  it('shifts all traffic to a good version, draws it, and leaves the stage as it was', async () => {
    const before = (await stage().running()).users;
    const unpublished = await latest();
    const picture = join(stage().clone.root, '.aviary', 'rehearsal.svg');

    const { code, result, minutes, failed } = await rehearse('--traffic', '100', '--out', picture);

    expect([code, result, minutes.length, failed]).toEqual([0, 'shifted', 5, 0]);
    expect(minutes.map(({ before: old, after }) => [old.requests, after.requests])).toEqual(minutes.map(() => [18, 2]));
    expect(existsSync(picture) && readFileSync(picture, 'utf8')).toContain('All traffic shifted to the new version<');
    await expect(stage().running()).resolves.toMatchObject({ users: before });
    await expect(latest()).resolves.toEqual(unpublished);
  });

  it('takes back a version that fails on some events, of which callers see no more than its share', async () => {
    const throwing = [begin, `${begin}    if (request.path !== '') throw new Error('broken on purpose');\n`] as const;

    const { code, result, reason, requests, failed } = await withEdit(getUser, throwing, () => rehearse());

    expect([code, result]).toEqual([1, 'rolledBack']);
    expect(reason).toMatch(/^aviary-users-version-errors-/);
    expect(failed).toBeGreaterThan(0);
    expect(failed).toBeLessThanOrEqual(requests * 0.1);
    // Of the rehearsed version, which shares its name with the one that runs and has another map.
    const { stdout } = await aviary(stage().clone.root, ['logs', 'users', '--level', 'error', '--grep', 'on purpose']);
    const [above = ''] = stage().clone.read(getUser).split(begin);
    const line = above.split('\n').length + 1;
    expect(stdout).toContain(`\n        at ${getUser}:${line}:`);
  });

  it('takes back a version that is slow', async () => {
    const waiting = [
      'export const handler = createApi(usersRoutes, dependencies, { logger, metrics, trace });',
      `const api = createApi(usersRoutes, dependencies, { logger, metrics, trace });
export const handler: typeof api = async (event, context) => {
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  return api(event, context);
};`,
    ] as const;

    const { code, result, reason, failed } = await withEdit(entry, waiting, () => rehearse('--traffic', '250'));

    expect([code, result, failed]).toEqual([1, 'rolledBack', 0]);
    expect(reason).toMatch(/^aviary-users-version-duration-/);
  });

  it('gives no request to a version that cannot even start', async () => {
    const start = ['export const handler', "throw new Error('broken on purpose');\nexport const handler"] as const;

    const { code, result, requests, reason } = await withEdit(entry, start, () => rehearse());

    expect([code, result, requests]).toEqual([1, 'stopped', 0]);
    expect(reason).toContain('it refuses a request without a caller');
  });

  it('takes what was deployed for the version that runs, also where a save has put another one behind live', async () => {
    const users = { FunctionName: 'aviary-users-local' };
    const { version } = (await stage().running()).users;
    await stage().lambda.send(new UpdateFunctionConfigurationCommand({ ...users, Description: 'saved' }));
    const saved = await stage().lambda.send(new PublishVersionCommand(users));
    const move = (FunctionVersion: string | undefined): UpdateAliasCommand =>
      new UpdateAliasCommand({ ...users, Name: 'live', FunctionVersion });
    await stage().lambda.send(move(saved.Version));

    const { before } = await rehearse('--traffic', '5');

    await stage().lambda.send(move(version));
    expect([before, saved.Version]).toEqual([version, expect.not.stringMatching(version)]);
  });

  it('plays two rehearsals at once, each with a version of its own', async () => {
    const unpublished = await latest();

    const both = await Promise.all(['10', '15'].map((traffic) => rehearse('--traffic', traffic)));

    expect(both.map(({ result, requests }) => [result, requests])).toEqual([
      ['shifted', 10],
      ['shifted', 15],
    ]);
    expect(new Set(both.map(({ after }) => after)).size).toBe(2);
    await expect(latest()).resolves.toEqual(unpublished);
  });

  it('leaves what is deployed beside it', async () => {
    const before = await latest();
    stage().clone.edit(getUser, begin, `${begin}    performance.mark('deployed beside it');\n`);

    const [, { result }] = await Promise.all([stage().deploy(), rehearse('--traffic', '10')]);

    const { users } = await stage().running();
    const now = await latest();
    expect(result).toBe('shifted');
    expect(now).toMatchObject({ CodeSha256: users.codeSha256, Environment: { Variables: users.environment } });
    expect(now).not.toEqual(before);
  });

  it('leaves nothing behind on Ctrl-C, and what would be published next as it was all the while', async () => {
    const unpublished = await latest();
    const before = await versions();
    const running = new AviaryProcess(stage().clone.root, ['canary', 'rehearse', 'users', '--traffic', '100000']);
    await eventually(versions, (found) => found.length > before.length);
    await eventually(latest, (found) => isDeepStrictEqual(found, unpublished));

    running.child.kill('SIGINT');

    const { code, stdout } = await running.outcome;
    expect([code, stdout]).toEqual([130, '']);
    await expect(versions()).resolves.toEqual(before);
    await expect(latest()).resolves.toEqual(unpublished);
  });

  it.each([
    [['canary', 'rehearse'], 'Say: npm run aviary -- canary rehearse <function>.'],
    [['canary', 'rehearse', 'nothing'], 'There is no function nothing.'],
    [['canary', 'rehearse', 'users', '--traffic', 'much'], '--traffic much is no number of requests.'],
    [['canary', 'rehearse', 'users', '--version-from', 'ffffffffffff'], 'has no version of the release ffffffffffff.'],
  ])('refuses %j', async (args, message) => {
    const { code, stderr } = await aviary(stage().clone.root, args);

    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });
});
