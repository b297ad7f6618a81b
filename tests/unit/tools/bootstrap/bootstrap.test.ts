import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { githubCommands, stagesCommand } from '../../../../tools/bootstrap/github-commands.ts';
import { readNotificationEmail } from '../../../../tools/bootstrap/notification-email.ts';
import {
  planBootstrap,
  providerArn,
  samArguments,
  stacksOf,
  type Account,
  type NamedStage,
} from '../../../../tools/bootstrap/plan-bootstrap.ts';
import { readNamedStages } from '../../../../tools/bootstrap/read-named-stages.ts';
import { readRepository } from '../../../../tools/bootstrap/repository.ts';
import { describeBootstrap } from '../../../../tools/report/describe-bootstrap.ts';
import { aStage } from '../../../support/engine/a-stage.ts';

const github = { organization: 'birds', repository: 'aviary', organizationId: '12', repositoryId: '34' };
const account: Account = { id: '123456789012', partition: 'aws', hasProvider: false, providerOwners: [] };
const named = (name: string, app = 'aviary', stackName = `${app}-${name}`): NamedStage => ({
  app,
  stage: aStage(name, { stackName }),
});
const both = [named('staging'), named('production')];
const owners = (have: Partial<Account>, stages = both): string[] =>
  planBootstrap({ ...account, ...have }, stages, github)
    .filter(({ makesProvider }) => makesProvider)
    .map(({ stage }) => stage);

describe('the provider', () => {
  test('is made by the first stage of an account that has none', () => {
    expect(owners({})).toEqual(['staging']);
  });

  test('is used where it is there', () => {
    expect(owners({ hasProvider: true })).toEqual([]);
  });

  test('stays with the stack that has made it', () => {
    expect(owners({ hasProvider: true, providerOwners: ['production'] })).toEqual(['production']);
    expect(owners({ hasProvider: true, providerOwners: ['staging'] }, [named('production')])).toEqual([]);
  });
});

test('names carry the application and the stage', () => {
  const [stage] = planBootstrap({ ...account, partition: 'aws-cn' }, [named('staging', 'my-app')], github);

  expect(stage).toMatchObject({
    stackName: 'my-app-bootstrap-staging',
    bucket: 'my-app-artifacts-staging-123456789012',
    deployRoleArn: 'arn:aws-cn:iam::123456789012:role/GitHubActions-MyApp-Staging',
    readRoleArn: 'arn:aws-cn:iam::123456789012:role/GitHubActions-MyApp-Staging-Read',
    topicArn: 'arn:aws-cn:sns:eu-west-1:123456789012:my-app-deployments-staging',
    pullRequestRoleArn: 'arn:aws-cn:iam::123456789012:role/GitHubActions-MyApp-Staging-PullRequest',
  });
});

test('a stack that the roles could not touch is named, with the name that it needs', () => {
  expect(() => planBootstrap(account, [named('staging', 'aviary', 'birds')], github)).toThrow(
    'Give it stack_name = "aviary-staging" in samconfig.toml.',
  );
});

describe('a stage in several regions', () => {
  const [stage] = planBootstrap(account, both, github, undefined, ['us-east-1', 'eu-west-1', 'eu-central-1']);
  const stacks = stage ? stacksOf(stage, account) : [];

  test('has roles for all of them in the first, and a stack of the same name in each', () => {
    expect(stacks.map(({ stackName, region }) => [stackName, region])).toEqual([
      ['aviary-bootstrap-staging', 'eu-west-1'],
      ['aviary-bootstrap-staging', 'us-east-1'],
      ['aviary-bootstrap-staging', 'eu-central-1'],
    ]);
    expect(stacks[0]?.parameters).toMatchObject({ Regions: '*', Buckets: '*', ProviderArn: '' });
    expect(stacks[0]?.parameters['HomeRegion']).toBeUndefined();
    expect(stacks[1]?.parameters).toMatchObject({ HomeRegion: 'false', ProviderArn: providerArn(account) });
  });

  test('has roles that are held to its own region where it is in no other', () => {
    expect(planBootstrap(account, both, github)[0]?.parameters).toMatchObject({ Regions: 'eu-west-1', Buckets: '' });
  });
});

test('an empty parameter is given as empty, not left as it was', () => {
  const [stage] = planBootstrap(account, both, github);

  expect(stage && samArguments(stage)).toContain('ProviderArn=""');
});

describe('the address that is told of deployments', () => {
  const told = (notify: string | undefined): string | undefined =>
    planBootstrap(account, both, github, readNotificationEmail(notify))[0]?.parameters['NotificationEmail'];

  test('is given to the stack', () => {
    expect(told('someone@example.com')).toBe('someone@example.com');
  });

  test('stays as it was where it is left out, and goes where it is empty', () => {
    expect(told(undefined)).toBeUndefined();
    expect(told('')).toBe('');
  });

  test.each(['someone', 'someone@example', 'some one@example.com', 'a@b.c,d@e.f', 'a@b.c App=x', '"a"@b.c'])(
    'is not %s',
    (address) => {
      expect(() => told(address)).toThrow(/is no e-mail address/);
    },
  );
});

describe('the repository', () => {
  const numbers = { 'organization-id': '12', 'repository-id': '34' };

  test('is its names and its numbers', () => {
    expect(readRepository({ repository: 'birds/aviary', ...numbers })).toEqual(github);
  });

  test.each([undefined, 'aviary', 'birds/aviary/x', 'birds/*', 'birds/aviary:environment:staging', 'bi rds/a', '-/a'])(
    'is not %s',
    (repository) => {
      expect(() => readRepository({ repository, ...numbers })).toThrow('--repository organization/repository');
    },
  );

  test.each([{}, { 'organization-id': '12' }, { 'organization-id': '12', 'repository-id': '*' }])(
    'needs both numbers, and the failure says where they are: %j',
    (given) => {
      expect(() => readRepository({ repository: 'birds/aviary', ...given })).toThrow(
        "gh api repos/birds/aviary --jq '.owner.id, .id'",
      );
    },
  );
});

describe('the commands for GitHub', () => {
  const commands = (at: number): string[] => {
    const stage = planBootstrap(account, both, github)[at];
    return stage ? githubCommands(stage, github) : [];
  };

  test('set role and region of the environment, and what pull requests look at', () => {
    expect(commands(0)).toEqual([
      "gh api --method PUT repos/birds/aviary/environments/staging -F 'deployment_branch_policy[protected_branches]=true' -F 'deployment_branch_policy[custom_branch_policies]=false' -F 'reviewers[]'",
      'gh variable set AWS_ROLE_ARN --repo birds/aviary --env staging --body arn:aws:iam::123456789012:role/GitHubActions-Aviary-Staging',
      'gh variable set AWS_REGION --repo birds/aviary --env staging --body eu-west-1',
      "gh api --method PUT repos/birds/aviary/environments/staging-read -F 'deployment_branch_policy[protected_branches]=true' -F 'deployment_branch_policy[custom_branch_policies]=false' -F 'reviewers[]'",
      'gh variable set AWS_ROLE_ARN --repo birds/aviary --env staging-read --body arn:aws:iam::123456789012:role/GitHubActions-Aviary-Staging-Read',
      'gh variable set AWS_REGION --repo birds/aviary --env staging-read --body eu-west-1',
      'gh variable set AWS_PULL_REQUEST_ROLE_ARN --repo birds/aviary --body arn:aws:iam::123456789012:role/GitHubActions-Aviary-Staging-PullRequest',
      'gh variable set AWS_REGION --repo birds/aviary --body eu-west-1',
      'gh variable set AWS_PULL_REQUEST_STACK --repo birds/aviary --body aviary-staging',
    ]);
  });

  test('make production wait in an environment of its own, which has no role', () => {
    const waiting = commands(1).filter((command) => command.includes('REVIEWER_ID'));

    expect(waiting).toEqual([
      expect.stringMatching(
        /environments\/production-approval .*'prevent_self_review=true' -F 'reviewers\[\]\[type\]=User' -F 'reviewers\[\]\[id\]=REVIEWER_ID'$/,
      ),
    ]);
    expect(commands(1).filter((command) => command.includes('--env production-approval'))).toEqual([]);
    expect(commands(1)[0]).toMatch(/environments\/production .*-F 'reviewers\[\]'$/);
    expect(commands(1).some((command) => command.includes('PULL_REQUEST'))).toBe(false);
  });

  test('stand in the answer, with the command that a dry run would run', () => {
    const stages = planBootstrap(account, both, github).map((stage) => ({
      ...stage,
      sam: [samArguments(stage)],
      github: githubCommands(stage, github),
    }));
    const text = describeBootstrap({
      account: account.id,
      providerArn: 'arn',
      dryRun: true,
      github: stagesCommand(['staging', 'production'], github),
      stages,
    });

    expect(text).toContain('Would prepare account 123456789012 for staging and production.');
    expect(text).toContain('  sam deploy --template-file infra/bootstrap.yaml --stack-name aviary-bootstrap-staging ');
    expect(text).toContain(commands(1).join('\n  '));
    expect(text).toContain('  gh variable set AVIARY_STAGES --repo birds/aviary --body staging,production\n');
  });
});

describe('the stages', () => {
  let root = '';
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'aviary-stages-'));
    writeFileSync(join(root, 'template.yaml'), 'Parameters: { App: { Type: String, Default: nest } }\nResources: {}\n');
    const block = (name: string): string => `[${name}.global.parameters]\nstack_name = "nest-${name}"\n`;
    writeFileSync(join(root, 'samconfig.toml'), ['local', 'staging', 'production'].map(block).join('\n'));
  });
  afterEach(() => {
    rmSync(root, { recursive: true, force: true });
  });

  test('are all that are in an account', () => {
    expect(readNamedStages(root, undefined).map(({ app, stage }) => [app, stage.name])).toEqual([
      ['nest', 'staging'],
      ['nest', 'production'],
    ]);
  });

  test('are one where it is asked for, and never the local one', () => {
    expect(readNamedStages(root, 'production')).toHaveLength(1);
    expect(() => readNamedStages(root, 'local')).toThrow('needs no account');
  });
});
