import { readFileSync } from 'node:fs';
import { objectAt, stringAt } from '../../tools/lib/json.ts';
import { samRunner } from '../../tools/lib/sam.ts';
import {
  account,
  file,
  fits,
  list,
  properties,
  resolved,
  staging,
  statements,
  texts,
} from '../support/bootstrap-template.ts';
import { repository as root } from '../support/cloud.ts';

const policies = [
  'DeployRole',
  'ReadRole',
  'PullRequestRole',
  'ServiceRole',
  'ServiceBoundary',
  'Boundary',
  'CodeDeployRole',
];

describe('the provider', () => {
  test('is made where the account has none, and stays when the stack goes', () => {
    expect(staging['Provider']).toMatchObject({
      DeletionPolicy: 'Retain',
      Properties: { Url: 'https://token.actions.githubusercontent.com', ClientIdList: ['sts.amazonaws.com'] },
    });
  });

  test('is taken as it is where the account has one', () => {
    const ProviderArn = `arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com`;
    const resources = resolved('staging', { ProviderArn });

    expect(resources['Provider']).toBeUndefined();
    expect(JSON.stringify(properties('DeployRole', resources)['AssumeRolePolicyDocument'])).toContain(ProviderArn);
  });
});

describe('the roles of GitHub', () => {
  test.each([
    ['DeployRole', 'environment:staging'],
    ['ReadRole', 'environment:staging-read'],
    ['PullRequestRole', 'pull_request'],
  ])('%s asks for audience, subject and number of the repository, each by its whole value', (id, end) => {
    const [statement] = list(objectAt(properties(id), 'AssumeRolePolicyDocument')['Statement']);

    expect(statement).toEqual({
      Effect: 'Allow',
      Principal: { Federated: { Ref: 'Provider' } },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: {
        StringEquals: {
          'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
          'token.actions.githubusercontent.com:sub': [
            `repo:birds/aviary:${end}`,
            `repo:birds@123456/aviary@456789:${end}`,
          ],
        },
        StringEqualsIfExists: { 'token.actions.githubusercontent.com:repository_id': '456789' },
      },
    });
  });

  test('have the names that go with the stage', () => {
    expect(properties('DeployRole')['RoleName']).toBe('GitHubActions-Aviary-Staging');
    expect(properties('ReadRole')['RoleName']).toBe('GitHubActions-Aviary-Staging-Read');
    expect(properties('PullRequestRole')['RoleName']).toBe('GitHubActions-Aviary-Staging-PullRequest');
  });

  test('are two in production, where pull requests have none', () => {
    expect(resolved('production')).toHaveProperty('ReadRole');
    expect(resolved('production')['PullRequestRole']).toBeUndefined();
  });

  test('pass one role, to CloudFormation alone', () => {
    const passing = ['DeployRole', 'ReadRole', 'PullRequestRole'].flatMap((id) =>
      statements(id).filter(({ Action }) => texts(Action).some((action) => /^iam:(?!Get|List)|.:.*\*/.test(action))),
    );

    expect(passing).toEqual([
      {
        Sid: 'ServiceRole',
        Effect: 'Allow',
        Action: 'iam:PassRole',
        Resource: { 'Fn::GetAtt': ['ServiceRole', 'Arn'] },
        Condition: { StringEquals: { 'iam:PassedToService': 'cloudformation.amazonaws.com' } },
      },
    ]);
  });

  test('read, and no more, for a pull request', () => {
    const actions = statements('PullRequestRole').flatMap(({ Action }) => texts(Action));

    expect(actions.filter((action) => !/:(Describe|Get|List)[A-Za-z]+$/.test(action))).toEqual([]);
  });
});

describe('what a stage may touch', () => {
  test.each(['DeployRole', 'PullRequestRole', 'CodeDeployRole'])('%s names the stage in each resource', (id) => {
    const resources = statements(id)
      .filter(({ Action }) => Action !== 'cloudwatch:DescribeAlarms')
      .flatMap(({ Resource }) => list(Resource))
      .filter((resource) => typeof resource === 'string')
      .filter((resource) => !resource.includes(':aws:transform/'));

    expect(resources.filter((resource) => !resource.includes('staging'))).toEqual([]);
  });

  test.each(policies)('%s of staging fits no name of production', (id) => {
    const production = [
      `arn:aws:lambda:eu-west-1:${account}:function:aviary-users-production`,
      `arn:aws:lambda:eu-west-1:${account}:function:aviary-users-production:live`,
      `arn:aws:lambda:eu-west-1:${account}:layer:aviary-shared-production:3`,
      `arn:aws:s3:::aviary-artifacts-production-${account}`,
      `arn:aws:s3:::aviary-artifacts-production-${account}/aviary-x-staging-${account}/x`,
      `arn:aws:dynamodb:eu-west-1:${account}:table/aviary-main-production`,
      `arn:aws:dynamodb:eu-west-1:${account}:table/aviary-main-production/index/gsi1`,
      `arn:aws:sqs:eu-west-1:${account}:aviary-processor-dlq-production`,
      `arn:aws:sns:eu-west-1:${account}:aviary-critical-production`,
      `arn:aws:kinesis:eu-west-1:${account}:stream/aviary-orders-production`,
      `arn:aws:secretsmanager:eu-west-1:${account}:secret:aviary-jwt-production-a1b2c3`,
      `arn:aws:secretsmanager:eu-west-1:${account}:secret:aviary/production/jwt-a1b2c3`,
      `arn:aws:ssm:eu-west-1:${account}:parameter/aviary/production/x-staging`,
      `arn:aws:logs:eu-west-1:${account}:log-group:/aws/lambda/aviary-users-production:log-stream:2026`,
      `arn:aws:cloudformation:eu-west-1:${account}:stack/aviary-production/1`,
      `arn:aws:cloudformation:eu-west-1:${account}:stack/aviary-production-Data-1A2B/1`,
      `arn:aws:cloudformation:eu-west-1:${account}:stack/aviary-bootstrap-production/1`,
      `arn:aws:codedeploy:eu-west-1:${account}:deploymentgroup:aviary-production-Deployment-1A/aviary-production-Users`,
      `arn:aws:cloudwatch:eu-west-1:${account}:alarm:aviary-users-errors-production`,
      `arn:aws:cloudwatch::${account}:dashboard/aviary-overview-production`,
      `arn:aws:iam::${account}:role/aviary-production-UsersRole-1A2B`,
      `arn:aws:iam::${account}:role/aviary-cloudformation-production`,
      `arn:aws:iam::${account}:role/GitHubActions-Aviary-Production`,
    ];
    const allowed = statements(id)
      .filter(({ Effect }) => Effect === 'Allow')
      .flatMap(({ Resource }) => texts(Resource))
      // What has an id in place of a name, and the outer fence of services; the tag guards these.
      .filter((resource) => resource !== '*');
    const found = allowed.flatMap((pattern) => {
      return production.filter((arn) => fits(pattern, arn)).map((arn) => `${pattern} fits ${arn}`);
    });

    expect(found).toEqual([]);
  });

  test.each(['ServiceBoundary', 'Boundary'])('%s refuses whatever has another stage on its tag', (id) => {
    expect(statements(id)).toContainEqual({
      Sid: 'NoOtherStage',
      Effect: 'Deny',
      Action: '*',
      Resource: '*',
      Condition: {
        StringNotEquals: { 'aws:ResourceTag/stage': 'staging' },
        Null: { 'aws:ResourceTag/stage': 'false' },
      },
    });
  });
});

describe("CloudFormation's role", () => {
  test('has its boundary, and CloudFormation alone can be it', () => {
    expect(properties('ServiceRole')).toMatchObject({
      RoleName: 'aviary-cloudformation-staging',
      PermissionsBoundary: { Ref: 'ServiceBoundary' },
      AssumeRolePolicyDocument: {
        Statement: [
          { Effect: 'Allow', Principal: { Service: 'cloudformation.amazonaws.com' }, Action: 'sts:AssumeRole' },
        ],
      },
    });
  });

  test('makes no role, and gives none a policy, but within the boundary', () => {
    const giving = ['iam:AttachRolePolicy', 'iam:CreateRole', 'iam:PutRolePermissionsBoundary', 'iam:PutRolePolicy'];
    const Condition = { 'iam:PermissionsBoundary': { Ref: 'Boundary' } };
    const allowing = statements('ServiceRole').filter(({ Action }) =>
      texts(Action).some((action) => giving.includes(action)),
    );

    expect(allowing.map((statement) => statement['Condition'])).toEqual([{ StringEquals: Condition }]);
    expect(statements('ServiceBoundary')).toContainEqual({
      Sid: 'NoRoleWithoutBoundary',
      Effect: 'Deny',
      Action: giving,
      Resource: '*',
      Condition: { StringNotEquals: Condition },
    });
  });

  test('has no star among its actions on IAM, S3 and CloudFormation', () => {
    const actions = statements('ServiceRole').flatMap(({ Action }) => texts(Action));

    expect(actions.filter((action) => /^(\*|iam|s3|cloudformation|sts):?.*\*/.test(action))).toEqual([]);
  });
});

test('the artifact bucket is versioned, encrypted, closed, and drops old versions after 30 days', () => {
  expect(properties('Artifacts')).toMatchObject({
    BucketName: `aviary-artifacts-staging-${account}`,
    VersioningConfiguration: { Status: 'Enabled' },
    BucketEncryption: {
      ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
    },
    OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    },
  });
  expect(list(objectAt(properties('Artifacts'), 'LifecycleConfiguration')['Rules'])).toContainEqual({
    Id: 'old-versions',
    Status: 'Enabled',
    NoncurrentVersionExpiration: { NoncurrentDays: 30 },
  });
});

test('the artifact bucket refuses plain HTTP', () => {
  const own = (path: string): unknown => ({ 'Fn::Sub': `arn:aws:s3:::\${Artifacts}${path}` });

  expect(statements('ArtifactsPolicy')).toEqual([
    {
      Sid: 'OnlyOverTls',
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: [own(''), own('/*')],
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  ]);
});

test('what holds something stays when the stack goes', () => {
  const kept = Object.entries(staging).filter(([, block]) => block['DeletionPolicy'] === 'Retain');

  expect(kept.map(([id]) => id)).toEqual(['Provider', 'Artifacts']);
});

test('each star in a policy has its reason beside it', () => {
  const lines = readFileSync(file, 'utf8').split('\n');
  const without = lines.flatMap((line, at) => {
    const value = line.trim();
    if (value.startsWith('#') || value.startsWith('AllowedPattern:') || !value.includes('*')) return [];
    let above = at - 1;
    // A list has its reason on top, or before the item.
    while (above > 0 && lines[above]?.trim().startsWith('- ') === true) above -= 1;
    if (/^[A-Za-z:]+:$/u.test(lines[above]?.trim() ?? '')) above -= 1;
    while (/^# (?!Star:)/.test(lines[above]?.trim() ?? '')) above -= 1;
    return /# Star: \S/.test(lines[above] ?? '') ? [] : [`${String(at + 1)}: ${value}`];
  });

  expect(without).toEqual([]);
});

test.each(policies)('%s is within the size that IAM takes, for the longest names', (id) => {
  const long = resolved('s'.repeat(16), {
    App: 'a'.repeat(21),
    Organization: 'o'.repeat(39),
    Repository: 'r'.repeat(100),
  });
  const block = long[id];
  const own = objectAt(block, 'Properties');
  const managed = stringAt(block, 'Type') === 'AWS::IAM::ManagedPolicy';
  const size = JSON.stringify(managed ? own['PolicyDocument'] : own['Policies']).replaceAll(/\s/g, '').length;

  // IAM quotas, in characters without white space: a managed policy, and all policies of a role's own.
  expect(size).toBeLessThan(managed ? 6_144 : 10_240);
});

test('cfn-lint finds nothing', async () => {
  // An address at which nobody answers: this looks at the file alone.
  const { code, stdout } = await samRunner(root, 'http://127.0.0.1:9')(['validate', '--lint', '-t', file]);

  expect([code, stdout]).toEqual([0, expect.stringContaining('is a valid SAM Template')]);
});

describe('another region of a stage', () => {
  const elsewhere = resolved('staging', { HomeRegion: 'false', ProviderArn: 'arn:aws:iam::1:oidc-provider/x' });

  test('gets a bucket and a topic, and no role', () => {
    expect(Object.keys(elsewhere).sort()).toEqual(['Artifacts', 'ArtifactsPolicy', 'Deployments', 'DeploymentsPolicy']);
    expect(properties('Artifacts', elsewhere)['BucketName']).toEqual(`aviary-artifacts-staging-${account}-eu-west-1`);
  });

  test('is reached by the roles of the first where they are told so, with the names of the stage alone', () => {
    const wide = resolved('staging', { Regions: '*', Buckets: '*' });
    const allowed = ['DeployRole', 'ReadRole', 'ServiceRole'].map((id) =>
      statements(id, wide)
        .filter(({ Effect }) => Effect === 'Allow')
        .flatMap(({ Resource }) => texts(Resource))
        .filter((pattern) => pattern !== '*'),
    );
    const reached = (arn: string): boolean[] => allowed.map((patterns) => patterns.some((one) => fits(one, arn)));

    expect(reached(`arn:aws:lambda:us-east-1:${account}:function:aviary-users-staging`)).toEqual([true, true, true]);
    expect(reached(`arn:aws:s3:::aviary-artifacts-staging-${account}-us-east-1/x`)).toEqual([true, true, true]);
    expect(reached(`arn:aws:lambda:us-east-1:${account}:function:aviary-users-production`)).toEqual([
      false,
      false,
      false,
    ]);
    expect(reached(`arn:aws:s3:::aviary-artifacts-production-${account}-us-east-1/x`)).toEqual([false, false, false]);
  });
});
