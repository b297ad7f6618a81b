import { objectAt } from '../../tools/lib/json.ts';
import { account, list, properties, resolved, staging, statements, texts } from '../support/bootstrap-template.ts';

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
