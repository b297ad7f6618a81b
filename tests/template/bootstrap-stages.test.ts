import {
  account,
  fits,
  list,
  policies,
  properties,
  resolved,
  statements,
  texts,
} from '../support/bootstrap-template.ts';

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

  test.each(['ServiceBoundary', 'Boundary', 'ReadRole'])('%s refuses whatever has another stage on its tag', (id) => {
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
