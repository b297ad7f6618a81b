// Needs the sample domain, and goes with it: aviary begin.
import { DescribeStackEventsCommand } from '@aws-sdk/client-cloudformation';
import { GetLayerVersionByArnCommand, UpdateAliasCommand } from '@aws-sdk/client-lambda';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { objectAt, stringAt } from '../../tools/lib/json.ts';
import type { Plan } from '../../tools/plan/plan.ts';
import type { DeployResult } from '../../tools/stack/deploy-stage.ts';
import type { Recovery } from '../../tools/recover/recover-stage.ts';
import type { Status } from '../../tools/stack/read-status.ts';
import { readTemplate } from '../../tools/template/read-template.ts';
import { aviary, aviaryJson } from '../support/aviary.ts';
import { functionNames, logicalId, published, useStage, without, type Running } from '../support/aviary-stage.ts';
import { apiAt } from '../support/http.ts';

interface Look {
  readonly running: Running;
  readonly artifacts: readonly string[];
}

/** What a key of the artifact bucket is of. */
const kindOf = (key: string): 'map' | 'package' | 'template' => {
  if (key.startsWith('source-maps/')) return 'map';
  return key.endsWith('.template') ? 'template' : 'package';
};

describe('the stage local', () => {
  const stage = useStage();
  const look = async (): Promise<Look> => {
    const [running, artifacts] = await Promise.all([stage().running(), stage().artifacts()]);
    return { running, artifacts };
  };
  const shared = (arns: readonly string[]): string =>
    arns.find((arn) => arn.includes(':aviary-shared-local:')) ?? 'none';

  describe('when one function changed and is deployed', () => {
    let before: Look, after: Look, result: DeployResult;
    beforeAll(async () => {
      before = await look();
      stage().clone.edit('functions/users/get-user.ts', 'status: 200', 'status: 203');
      stage().clone.commit('Answer 203');
      result = await stage().deploy();
      after = await look();
    });

    it('publishes one version in all, and moves one alias', () => {
      const { users } = after.running;

      expect(published(before.running, after.running)).toEqual({ users: [users.version] });
      expect(users.codeSha256).not.toBe(before.running.users.codeSha256);
      expect(result.functions).toEqual([
        { name: 'users', release: expect.any(String) as string, version: users.version },
      ]);
    });

    it('leaves every other function as it was: code, version, alias and layers', () => {
      expect(without(after.running, 'users')).toEqual(without(before.running, 'users'));
      expect(after.running.users.layers).toEqual(before.running.users.layers);
    });

    it('uploads the package of the function, its source map and the template, and nothing else', () => {
      const added = after.artifacts.filter((key) => !before.artifacts.includes(key));

      const { map = [], template = [], package: packages = [] } = Object.groupBy(added, kindOf);
      expect([map.length, template.length, packages.length]).toEqual([1, 1, 1]);
      // SAM says what SAM uploads.
      expect([...result.uploads].sort()).toEqual([...template, ...packages].sort());
    });

    it('builds that function alone, and points at nothing that was not built', () => {
      const build = join(stage().clone.root, '.aviary/deploy/local/build');
      const template = readTemplate(join(build, 'template.yaml'), 'the built template');
      const places = Object.entries(objectAt(template, 'Resources')).flatMap(([id, block]) => {
        const properties = objectAt(block, 'Properties');
        const place = stringAt(properties, 'CodeUri') ?? stringAt(properties, 'ContentUri');
        return place === undefined ? [] : [[id, place.startsWith('s3://') ? 's3' : place]];
      });

      expect(readdirSync(build).sort()).toEqual(['Users', 'template.yaml']);
      expect(Object.fromEntries(places)).toEqual({
        DependenciesLayer: 's3',
        SharedLayer: 's3',
        ...Object.fromEntries(functionNames.map((name) => [logicalId(name), 's3'])),
        Users: '../packages/Users.zip',
      });
    });

    it('has CloudFormation tell of that function, and of none that stays', async () => {
      const command = new DescribeStackEventsCommand({ StackName: 'aviary-local' });
      const { StackEvents = [] } = await stage().cloudFormation.send(command);
      const begin = StackEvents.findIndex(({ LogicalResourceId: id, ResourceStatus: status }) => {
        return id === 'aviary-local' && status === 'UPDATE_IN_PROGRESS';
      });
      const told = StackEvents.slice(0, begin).filter(({ ResourceType: type }) => type?.startsWith('AWS::Lambda::'));
      const ids = told.map(({ LogicalResourceId: id = '' }) =>
        id.replace(/^UsersVersion[0-9a-f]{10}$/, 'UsersVersion'),
      );

      expect([...new Set(ids)].sort()).toEqual(['Users', 'UsersAliaslive', 'UsersVersion']);
    });

    it('records the hash of the package, which is the one that Lambda tells', async () => {
      const { items } = await aviaryJson<Plan>(stage().clone.root, ['plan']);
      const template = readTemplate(join(stage().clone.root, '.aviary/deploy/local/build/template.yaml'));
      const metadata = objectAt(objectAt(objectAt(template, 'Resources'), 'Users'), 'Metadata');
      const recorded = stringAt(objectAt(metadata, 'Aviary'), 'package') ?? '';

      expect(Buffer.from(recorded, 'hex').toString('base64')).toBe(after.running.users.codeSha256);
      expect(items.every(({ change }) => change === 'unchanged')).toBe(true);
    });

    it('answers with the new code', async () => {
      const api = apiAt(await stage().apiUrl());
      const made = await api<{ id: string }>('POST', '/users', { body: { email: 'one@example.com', name: 'One' } });

      const found = await api('GET', `/users/${made.body.data.id}`);

      expect(found.status).toBe(203);
    });

    it('has nothing left to do: a deploy right after uploads nothing and publishes nothing', async () => {
      const { code, stdout } = await aviary(stage().clone.root, ['deploy']);

      expect(code).toBe(0);
      expect(stdout).toContain('Nothing to deploy');
      await expect(look()).resolves.toEqual(after);
    });

    it('is what status shows: release, commit, version, and that the tree is the same', async () => {
      const { functions, state } = await aviaryJson<Status>(stage().clone.root, ['status']);
      const users = functions.find(({ name }) => name === 'users');

      expect(state).toBe('UPDATE_COMPLETE');
      expect(users).toMatchObject({
        release: result.functions[0]?.release,
        commit: stage().clone.git('rev-parse', 'HEAD').trim(),
        version: after.running.users.version,
        tree: 'unchanged',
        agrees: true,
      });
      expect(users?.release?.slice(0, 12)).toBe(after.running.users.release);
    });
  });

  it('shows in its status an alias that was moved by hand, until recover moves it back', async () => {
    const users = { FunctionName: 'aviary-users-local', Name: 'live' };
    const { version, versions } = (await stage().running()).users;
    const moved = async (): Promise<[string | null, boolean][]> => {
      const { functions } = await aviaryJson<Status>(stage().clone.root, ['status']);
      return functions.map((it) => [it.version, it.agrees]);
    };
    const [first = ''] = versions;
    const settled = await moved();

    await stage().lambda.send(new UpdateAliasCommand({ ...users, FunctionVersion: first }));

    const { stdout } = await aviary(stage().clone.root, ['status']);
    const shown = await moved();
    const looked = await aviary(stage().clone.root, ['recover']);
    const unmoved = await moved();
    const recovery = await aviaryJson<Recovery>(stage().clone.root, ['recover', '--yes']);
    expect(settled.map(([, agrees]) => agrees)).toEqual(functionNames.map(() => true));
    expect(shown.filter(([, agrees]) => !agrees)).toEqual([[first, false]]);
    expect(stdout.split('\n').filter((line) => line.includes('live was moved by hand'))).toEqual([
      expect.stringMatching(/^users /),
    ]);
    expect(looked.code).toBe(1);
    expect(looked.stdout).toMatch(new RegExp(`Move live of users to version ${version} \\(.*runs version ${first} `));
    expect(unmoved).toEqual(shown);
    expect(recovery).toMatchObject({ done: [expect.stringContaining('Move live of users') as string], open: [] });
    await expect(moved()).resolves.toEqual(settled);
  });

  describe('when a shared module changed that one function reaches', () => {
    let before: Look, after: Look;
    beforeAll(async () => {
      before = await look();
      stage().clone.edit(
        'layers/shared/src/batch/table-handler.ts',
        "eventSourceARN ?? ''",
        "eventSourceARN ?? 'none'",
      );
      await stage().deploy();
      after = await look();
    });

    it('moves that function to the new layer, and keeps the others on the version that they have', () => {
      const { 'table-stream': stream } = after.running;
      expect(published(before.running, after.running)).toEqual({ 'table-stream': [stream.version] });
      expect(shared(stream.layers)).not.toBe(shared(before.running['table-stream'].layers));
      expect(without(after.running, 'table-stream')).toEqual(without(before.running, 'table-stream'));
    });

    it('keeps the layer version that the others run on', async () => {
      const pinned = shared(after.running.health.layers);

      const found = await stage().lambda.send(new GetLayerVersionByArnCommand({ Arn: pinned }));

      expect(found.LayerVersionArn).toBe(pinned);
    });

    it('answers with every function', async () => {
      const api = apiAt(await stage().apiUrl());

      const [health, users] = [await api('GET', '/health'), await api('GET', '/users')];

      expect([health.status, users.status]).toEqual([200, 200]);
    });

    it('is settled, but for --uniform, which moves the others too', async () => {
      await expect(stage().differing()).resolves.toEqual([]);
      const others = (await stage().differing('--uniform')).sort();
      const movers = functionNames.filter((name) => name !== 'table-stream');
      expect(others).toEqual(movers.map((name) => `function ${name} changed`));

      await stage().deploy('--uniform');

      const uniform = await look();
      const { health, 'table-stream': stream } = uniform.running;
      const [moved, stayed] = [without(uniform.running, 'table-stream'), stream.layers];
      expect(published(after.running, uniform.running)).toEqual(
        Object.fromEntries(Object.entries(moved).map(([name, { version }]) => [name, [version]])),
      );
      expect(Object.values(moved).map(({ layers }) => layers)).toEqual(movers.map(() => stayed));
      expect(health.release).toBe(after.running.health.release);
      await expect(stage().differing('--uniform')).resolves.toEqual([]);
      await expect(stage().differing()).resolves.toEqual([]);
    });
  });

  describe('when two functions changed and --only names one', () => {
    let before: Look;
    beforeAll(async () => {
      before = await look();
      stage().clone.edit('functions/processor/process-event.ts', "status: 'deleted'", "status: 'deleted' as const");
      stage().clone.edit('functions/processor/process-event.ts', 'now().toISOString()', 'now().toJSON()');
      stage().clone.edit('functions/health/report-health.ts', "'A dependency does not answer.'", "'Not well.'");
    });

    it('deploys that one, and lists the other in the next plan', async () => {
      await stage().deploy('--only', 'processor');

      const after = await look();
      expect(published(before.running, after.running)).toEqual({ processor: [after.running.processor.version] });
      expect(without(after.running, 'processor')).toEqual(without(before.running, 'processor'));
      await expect(stage().differing()).resolves.toEqual(['function health changed']);
    });

    it('has nothing to do for the one again, and deploys the other with the next deploy', async () => {
      const again = await stage().deploy('--only', 'processor');
      const middle = await look();

      await stage().deploy();

      const after = await look();
      expect(again).toMatchObject({ deployed: false, uploads: [] });
      expect(published(middle.running, after.running)).toEqual({ health: [after.running.health.version] });
      await expect(stage().differing()).resolves.toEqual([]);
    });
  });
});
