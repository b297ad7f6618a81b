import { CloudFormationClient, UpdateStackCommand } from '@aws-sdk/client-cloudformation';
import { CreateOpenIDConnectProviderCommand, IAMClient } from '@aws-sdk/client-iam';
import { readNamedStages } from '../../../tools/bootstrap/read-named-stages.ts';
import { aviary, type Outcome } from '../../support/aviary.ts';
import { issuer } from '../../support/bootstrap.ts';
import { Clone } from '../../support/clone.ts';
import { useCloud } from '../../support/cloud.ts';
import { FakeGitHub } from '../../support/github/fake-github.ts';
import { prepareGitHub } from '../../support/github/prepare-github.ts';

interface Answer {
  readonly ok: boolean;
  readonly findings: readonly { readonly check: string; readonly state: string }[];
}

describe('aviary doctor, as it is typed', () => {
  const cloud = useCloud();
  let clone: Clone;
  let github: FakeGitHub;

  beforeAll(async () => {
    clone = new Clone();
    github = new FakeGitHub();
    clone.edit(
      'samconfig.toml',
      `["Stage=staging", 'EndpointUrl=""']`,
      `["Stage=staging", 'EndpointUrl=""', "Bootstrapped=true", "DeployRepository=birds/aviary"]`,
    );
    clone.edit('.github/CODEOWNERS', /^(?!#)(.*)@your-org\/your-team/gm, '* @birds/keepers');
    // The local cloud's CloudFormation cannot make one.
    await new IAMClient(config()).send(
      new CreateOpenIDConnectProviderCommand({ Url: issuer, ClientIDList: ['sts.amazonaws.com'] }),
    );
    const numbers = ['--repository', 'birds/aviary', '--organization-id', '123456', '--repository-id', '456789'];
    const { code, stderr } = await run('bootstrap', ...numbers, '--stage', 'staging');
    if (code !== 0) throw new Error(stderr);
    await prepareGitHub(github, readNamedStages(clone.root, 'staging'), clone.root);
  });
  afterAll(() => {
    github.delete();
    clone.delete();
  });
  const config = () => ({
    endpoint: cloud.endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const run = (...args: string[]): Promise<Outcome> => {
    const env: NodeJS.ProcessEnv = { ...cloud.env, ...github.env };
    return aviary(clone.root, args, Object.fromEntries(Object.entries(env).map(([key, value]) => [key, value ?? ''])));
  };
  const doctor = async (...args: string[]): Promise<{ code: number | null; missing: string[]; checks: string[] }> => {
    const { code, stdout } = await run('doctor', '--json', ...args);
    const { findings } = JSON.parse(stdout) as Answer;
    const missing = findings.filter(({ state }) => state === 'missing').map(({ check }) => check);
    return { code, missing, checks: findings.map(({ check }) => check) };
  };

  test('finds nothing missing, and ends with 0, where machine, tree, GitHub and account are prepared', async () => {
    const { code, stdout } = await run('doctor', '--ci', '--stage', 'staging');

    expect(stdout).toMatch(/ok +Account: aviary-bootstrap-staging\n/);
    expect(stdout).toMatch(/ok +Environment staging-read: AWS_ROLE_ARN\n/);
    expect(stdout).toMatch(/\n\d+ ok, 0 missing, 0 not checked\.\n$/);
    expect(code).toBe(0);
  });

  test('asks neither GitHub nor the account without --ci', async () => {
    const { code, missing, checks } = await doctor('--stage', 'staging');

    expect([code, missing]).toEqual([0, []]);
    expect(checks.filter((check) => /^(GitHub|Account|Environment)/.test(check))).toEqual([]);
  });

  test('ends with 1 where a stage, or what it has on GitHub, is missing', async () => {
    const { code, missing } = await doctor('--ci');

    expect(code).toBe(1);
    expect(missing).toEqual([
      'samconfig.toml: production is bootstrapped',
      'samconfig.toml: repository of production',
      'Deploys: AVIARY_STAGES',
      'Environment production',
      'Environment production-approval',
      'Environment production-read',
      'Account: aviary-bootstrap-production',
    ]);
  });

  test("finds the account's stack out of date when it is not what the tree says", async () => {
    const TemplateBody = JSON.stringify({ Resources: { Topic: { Type: 'AWS::SNS::Topic' } } });
    await new CloudFormationClient(config()).send(
      new UpdateStackCommand({ StackName: 'aviary-bootstrap-staging', TemplateBody }),
    );

    const { code, missing } = await doctor('--ci', '--stage', 'staging');

    expect([code, missing]).toEqual([1, ['Account: aviary-bootstrap-staging']]);
  });
});
