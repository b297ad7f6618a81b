import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateOpenIDConnectProviderCommand,
  DeleteOpenIDConnectProviderCommand,
  IAMClient,
  ListRolesCommand,
} from '@aws-sdk/client-iam';
import { CloudFormationClient, DeleteStackCommand } from '@aws-sdk/client-cloudformation';
import { DeleteTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import { ListSubscriptionsCommand, SNSClient } from '@aws-sdk/client-sns';
import { deployBootstrap } from '../../../tools/bootstrap/deploy-bootstrap.ts';
import { planBootstrap, stacksOf } from '../../../tools/bootstrap/plan-bootstrap.ts';
import { readAccount } from '../../../tools/bootstrap/read-account.ts';
import { readNamedStages } from '../../../tools/bootstrap/read-named-stages.ts';
import { run as runProcess } from '../../../tools/lib/process.ts';
import { samEnvironment } from '../../../tools/lib/sam.ts';
import { stageInRegion } from '../../../tools/template/stage-in-region.ts';
import { bootstrapParameters } from '../../../tools/stack/read-bootstrap.ts';
import { access } from '../../support/access.ts';
import { repository as root, useCloud } from '../../support/cloud.ts';
import { github, issuer, useBootstrappedCloud, type Client } from '../../support/bootstrap.ts';

const options = ['--repository', 'birds/aviary', '--organization-id', '123456', '--repository-id', '456789'];

describe('aviary bootstrap, as it is typed', () => {
  const cloud = useCloud();
  const aviary = (...args: string[]): ReturnType<typeof runProcess> =>
    runProcess(process.execPath, [join(root, 'tools', 'aviary.mjs'), 'bootstrap', ...args], {
      cwd: root,
      env: { ...cloud.env, AVIARY_ROOT: root },
    });
  const config = (): Client => ({
    endpoint: cloud.endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const iam = (): IAMClient => new IAMClient(config());
  const subscriptions = async (): Promise<{ Protocol: string | undefined; Endpoint: string | undefined }[]> => {
    const { Subscriptions = [] } = await new SNSClient(config()).send(new ListSubscriptionsCommand());
    return Subscriptions.map(({ Protocol, Endpoint }) => ({ Protocol, Endpoint }));
  };
  const roles = async (): Promise<(string | undefined)[]> => {
    const { Roles = [] } = await iam().send(new ListRolesCommand());
    return Roles.map(({ RoleName }) => RoleName).filter((name) => /aviary/i.test(name ?? ''));
  };

  test('says what it would make, and makes nothing, at --dry-run', async () => {
    const { code, stdout } = await aviary(...options, '--dry-run', '--json');

    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      account: '000000000000',
      dryRun: true,
      stages: [
        { stage: 'staging', makesProvider: true, parameters: { ProviderArn: '' } },
        {
          stage: 'production',
          makesProvider: false,
          parameters: { ProviderArn: 'arn:aws:iam::000000000000:oidc-provider/token.actions.githubusercontent.com' },
        },
      ],
    });
    expect(await roles()).toEqual([]);
  });

  test('makes one stage, can be run again, and prints what GitHub needs', async () => {
    const { OpenIDConnectProviderArn: arn = '' } = await iam().send(
      new CreateOpenIDConnectProviderCommand({ Url: issuer, ClientIDList: ['sts.amazonaws.com'] }),
    );

    const first = await aviary(...options, '--stage', 'staging', '--notify', 'someone@example.com');
    const again = await aviary(...options, '--stage', 'staging');
    await iam().send(new DeleteOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn }));
    const subscribed = await subscriptions();

    expect(first.code).toBe(0);
    expect(first.stdout).toContain(`Provider: ${arn} (was there)`);
    expect(first.stdout).toContain(
      'gh variable set AWS_ROLE_ARN --repo birds/aviary --env staging --body arn:aws:iam::000000000000:role/GitHubActions-Aviary-Staging\n',
    );
    const mail = ' (mail to someone@example.com, once its owner has confirmed it)';
    const topic = 'arn:aws:sns:eu-west-1:000000000000:aviary-deployments-staging';
    expect(first.stdout).toContain(`  tells           ${topic}${mail}\n`);
    expect(first.stdout).toContain(
      '  reads           arn:aws:iam::000000000000:role/GitHubActions-Aviary-Staging-Read\n',
    );
    expect(again).toMatchObject({ code: 0, stdout: first.stdout.replace(mail, '') });
    // The second run did not say to whom, so it is as it was.
    expect(subscribed).toEqual([{ Protocol: 'email', Endpoint: 'someone@example.com' }]);
    expect((await roles()).sort()).toEqual([
      'GitHubActions-Aviary-Staging',
      'GitHubActions-Aviary-Staging-PullRequest',
      'GitHubActions-Aviary-Staging-Read',
      'aviary-cloudformation-staging',
      'aviary-codedeploy-staging',
    ]);
  });

  test('stops at a provider that takes no tokens for AWS', async () => {
    const { OpenIDConnectProviderArn: arn = '' } = await iam().send(
      new CreateOpenIDConnectProviderCommand({ Url: issuer, ClientIDList: ['example'] }),
    );
    const named = readNamedStages(root, undefined);

    await expect(readAccount(named.map((stage) => ({ ...stage, root, endpoint: cloud.endpoint })))).rejects.toThrow(
      /does not take tokens for sts.amazonaws.com. Add it: aws iam add-client-id/,
    );
    await iam().send(new DeleteOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn }));
  });
});

describe('a deploy after it', () => {
  const cloud = useBootstrappedCloud();
  let folder = '';

  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'aviary-deploy-'))));
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test("takes the bucket and CloudFormation's role that the account has", async () => {
    const parameters = { App: 'aviary', Bootstrapped: 'true' };

    expect(await bootstrapParameters(cloud.connection('staging'), parameters)).toEqual({
      s3_bucket: 'aviary-artifacts-staging-000000000000',
      resolve_s3: false,
      role_arn: 'arn:aws:iam::000000000000:role/aviary-cloudformation-staging',
    });
  });

  test('keeps what samconfig.toml says where there is no bootstrap stack', async () => {
    const parameters = { App: 'sparrow', Bootstrapped: 'false' };

    expect(await bootstrapParameters(cloud.connection('staging'), parameters)).toEqual({});
  });

  test.each([
    [{ App: 'aviary', Bootstrapped: 'false' }, 'Add "Bootstrapped=true" to parameter_overrides of staging'],
    [{ App: 'sparrow', Bootstrapped: 'true' }, 'the account has no stack sparrow-bootstrap-staging'],
  ])('stops where samconfig.toml and the account disagree: %j', async (parameters, sentence) => {
    await expect(bootstrapParameters(cloud.connection('staging'), parameters)).rejects.toThrow(sentence);
  });

  test('takes the bucket of another region there, and the same role', async () => {
    const account = { id: '000000000000', partition: 'aws', hasProvider: true, providerOwners: [] };
    const [, elsewhere] = stacksOf({ ...cloud.stage('staging'), otherRegions: ['us-east-1'] }, account);
    if (!elsewhere) throw new Error('There is no stack for the other region.');
    await deployBootstrap({ root, endpoint: cloud.endpoint }, elsewhere, { onLine: () => undefined });
    const home = cloud.connection('staging');
    const there = { ...home, stage: stageInRegion(home.stage, 'us-east-1') };

    expect(await bootstrapParameters(there, { App: 'aviary', Bootstrapped: 'true' })).toEqual({
      s3_bucket: 'aviary-artifacts-staging-000000000000-us-east-1',
      resolve_s3: false,
      role_arn: 'arn:aws:iam::000000000000:role/aviary-cloudformation-staging',
    });
  });

  test('removes previews with the role of previews, and nothing else', async () => {
    const named = readNamedStages(root, 'preview').map((stage) => ({ ...stage, root, endpoint: cloud.endpoint }));
    const [preview] = planBootstrap(await readAccount(named), named, github);
    if (!preview) throw new Error('Nothing is planned for previews.');
    await deployBootstrap({ root, endpoint: cloud.endpoint }, preview, { onLine: () => undefined });
    const subject = `repo:${github.organization}/${github.repository}:environment:preview`;
    const client = await cloud.assume(preview.deployRoleArn, subject);
    const deletes = async (StackName: string, TableName: string): Promise<string[]> => [
      await access(new CloudFormationClient(client).send(new DeleteStackCommand({ StackName }))),
      await access(new DynamoDBClient(client).send(new DeleteTableCommand({ TableName }))),
    ];

    expect(await deletes('aviary-preview-pr-12', 'aviary-main-pr-12')).toEqual(['allowed', 'allowed']);
    expect(await deletes('aviary-staging', 'aviary-main-staging')).toEqual(['denied', 'denied']);
    expect(await deletes('aviary-bootstrap-preview', 'aviary-main-preview')).toEqual(['denied', 'denied']);
  });

  test('runs sam deploy with the permissions of the deploy role alone', async () => {
    const { deployRoleArn, bucket, serviceRoleArn } = cloud.stage('staging');
    const { credentials } = await cloud.assume(
      deployRoleArn,
      `repo:${github.organization}/${github.repository}:environment:staging`,
    );
    // The local cloud speaks no TLS.
    await new S3Client({ ...cloud.admin, forcePathStyle: true }).send(
      new DeleteBucketPolicyCommand({ Bucket: bucket }),
    );
    const nested = { Resources: { Queue: { Type: 'AWS::SQS::Queue' } } };
    const template = {
      Transform: 'AWS::Serverless-2016-10-31',
      Resources: { Nested: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'nested.json' } } },
    };
    writeFileSync(join(folder, 'nested.json'), JSON.stringify(nested));
    writeFileSync(join(folder, 'template.json'), JSON.stringify(template));
    const env = {
      ...samEnvironment(root, cloud.endpoint),
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_SESSION_TOKEN: credentials.sessionToken ?? '',
    };
    const deploy = (stage: string): ReturnType<typeof runProcess> =>
      runProcess(
        'sam',
        [
          ...['deploy', '--template-file', 'template.json', '--stack-name', `aviary-${stage}`, '--region', 'eu-west-1'],
          ...['--s3-bucket', bucket, '--role-arn', serviceRoleArn, '--no-confirm-changeset'],
          ...['--capabilities', 'CAPABILITY_IAM', 'CAPABILITY_AUTO_EXPAND', '--tags', `stage=${stage}`],
        ],
        { cwd: folder, env },
      );

    expect(await deploy('staging')).toMatchObject({ code: 0 });

    const production = await deploy('production');
    expect(production.code).not.toBe(0);
    expect(production.stdout + production.stderr).toMatch(/not authorized|AccessDenied/);
  });
});
