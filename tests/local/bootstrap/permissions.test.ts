import { CloudFormationClient, CreateStackCommand } from '@aws-sdk/client-cloudformation';
import { DeleteBucketPolicyCommand } from '@aws-sdk/client-s3';
import { access } from '../../support/access.ts';
import { calls, s3, template } from '../../support/bootstrap-calls.ts';
import { github, useBootstrappedCloud, type Client } from '../../support/bootstrap.ts';

const repository = `repo:${github.organization}/${github.repository}`;

const mayDeploy = new Set([
  'describe the stack',
  'read the template',
  'list the resources',
  'read the bootstrap stack',
  'make a change set',
  'execute a change set',
  'upload an artifact',
  'read an artifact',
  'list the artifacts',
  'let go of the lock',
  'read a function',
  'read an alias',
  'move an alias',
  'tell of a deployment',
]);
const mayRead = new Set([
  'describe the stack',
  'read the template',
  'list the resources',
  'read the bootstrap stack',
  'look for drift',
  'read an artifact',
  'list the artifacts',
  'read a function',
  'read an alias',
  // Drift detection asks for all of a function; what is in the artifacts is no more.
  "fetch a function's code",
  'describe a table',
]);
const mayPlan = new Set(['describe the stack', 'read the template', 'list the resources', 'read a function']);

describe('what a role may do', () => {
  const cloud = useBootstrappedCloud();
  const clients = new Map<string, Client>();
  const overHttp = new Map<string, string>();

  beforeAll(async () => {
    for (const stage of ['staging', 'production']) {
      await new CloudFormationClient(cloud.admin).send(
        new CreateStackCommand({ StackName: `aviary-${stage}`, TemplateBody: template }),
      );
      const { deployRoleArn, readRoleArn, bucket } = cloud.stage(stage);
      clients.set(stage, await cloud.assume(deployRoleArn, `${repository}:environment:${stage}`));
      clients.set(`${stage}-read`, await cloud.assume(readRoleArn, `${repository}:environment:${stage}-read`));
      overHttp.set(stage, await does(stage, 'upload an artifact', stage));
      // The local cloud speaks no TLS, which the buckets ask for; the roles' own permissions are what is left.
      await s3(cloud.admin).send(new DeleteBucketPolicyCommand({ Bucket: bucket }));
    }
    const { pullRequestRoleArn = '' } = cloud.stage('staging');
    clients.set('a pull request', await cloud.assume(pullRequestRoleArn, `${repository}:pull_request`));
  });

  const names = Object.keys(calls);
  const does = (who: string, what: string, stage: string): Promise<'allowed' | 'denied'> => {
    const [client, call] = [clients.get(who), calls[what]];
    if (!client || !call) throw new Error(`no ${who}, or no ${what}`);
    return access(call(client, stage));
  };

  describe.each([
    ['staging', 'production'],
    ['production', 'staging'],
  ])('the deploy role of %s', (own, other) => {
    test('may not upload an artifact without TLS', () => {
      expect(overHttp.get(own)).toBe('denied');
    });

    test.each(names.filter((name) => mayDeploy.has(name)))('may %s of its own stage', async (what) => {
      expect(await does(own, what, own)).toBe('allowed');
    });

    test.each(names.filter((name) => !mayDeploy.has(name)))('may not %s, even of its own stage', async (what) => {
      expect(await does(own, what, own)).toBe('denied');
    });

    test.each(names)(`may not %s of ${other}`, async (what) => {
      expect(await does(own, what, other)).toBe('denied');
    });
  });

  describe.each([
    ['staging', 'production'],
    ['production', 'staging'],
  ])('the read role of %s', (own, other) => {
    test.each(names.filter((name) => mayRead.has(name)))('may %s of its own stage', async (what) => {
      expect(await does(`${own}-read`, what, own)).toBe('allowed');
    });

    // The local cloud takes each call on an alias for a listing of them: that this one is refused, a template test holds.
    const told = names.filter((name) => !mayRead.has(name) && name !== 'move an alias');

    test.each(told)('may not %s, even of its own stage', async (what) => {
      expect(await does(`${own}-read`, what, own)).toBe('denied');
    });

    test.each(names)(`may not %s of ${other}`, async (what) => {
      expect(await does(`${own}-read`, what, other)).toBe('denied');
    });
  });

  describe('the role for pull requests', () => {
    test.each(names.filter((name) => mayPlan.has(name)))('may %s of staging', async (what) => {
      expect(await does('a pull request', what, 'staging')).toBe('allowed');
    });

    test.each(names.filter((name) => !mayPlan.has(name)))('may not %s of staging', async (what) => {
      expect(await does('a pull request', what, 'staging')).toBe('denied');
    });

    test.each(names)('may not %s of production', async (what) => {
      expect(await does('a pull request', what, 'production')).toBe('denied');
    });
  });
});
