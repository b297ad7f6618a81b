import { join } from 'node:path';
import { objectAt, stringAt, type JsonObject } from '../../tools/lib/json.ts';
import { nestedResources } from '../../tools/template/nested-templates.ts';
import { readStage } from '../../tools/template/read-stages.ts';
import { readTemplate } from '../../tools/template/read-template.ts';
import { resolveTemplate } from '../../tools/template/resolve-template.ts';
import { account, fits, resolved, statements, texts } from '../support/bootstrap-template.ts';
import { repository } from '../support/cloud.ts';

const longestName = 'pr-999999';
const template = readTemplate(join(repository, 'template.yaml'), 'template.yaml');
const preview = (overrides: Readonly<Record<string, string>> = {}): Readonly<Record<string, JsonObject>> =>
  resolveTemplate(template, { ...readStage(repository, longestName).parameters, ...overrides }).resources;
const root = preview();
const nested = nestedResources(repository, root);
const all = [root, ...Object.values(nested)].flatMap((resources) => Object.values(resources));
const types = new Set(all.map((block) => stringAt(block, 'Type') ?? ''));
const propertiesOf = (type: string): JsonObject[] =>
  all.filter((block) => block['Type'] === type).map((block) => objectAt(block, 'Properties'));

describe('what a preview has', () => {
  it.each([
    'AWS::CloudWatch::Alarm',
    'AWS::CloudWatch::CompositeAlarm',
    'AWS::CloudWatch::Dashboard',
    'AWS::WAFv2::WebACL',
    'AWS::EC2::VPC',
    'AWS::ElastiCache::ReplicationGroup',
    'AWS::KMS::Key',
    'AWS::Budgets::Budget',
    'AWS::SecretsManager::RotationSchedule',
    'AWS::ApplicationAutoScaling::ScalableTarget',
  ])('is no %s', (type) => {
    expect(types).not.toContain(type);
  });

  it('moves all traffic at once, without CodeDeploy', () => {
    const preferences = propertiesOf('AWS::Serverless::Function').map((it) => it['DeploymentPreference']);

    expect(preferences.filter((it) => it !== undefined)).toEqual([]);
  });

  it('mails nobody, and starts no deployment', () => {
    const ways = propertiesOf('AWS::Serverless::Function').flatMap((it) =>
      Object.entries(objectAt(objectAt(it, 'Environment'), 'Variables')).filter(([name]) => name.endsWith('_WITH')),
    );

    expect(new Map(ways).has('DEPLOY_WITH')).toBe(true);
    expect(ways.filter(([, way]) => way !== 'log')).toEqual([]);
  });

  it('keeps logs for a day, and one shard of each stream', () => {
    expect(propertiesOf('AWS::Logs::LogGroup').map((it) => it['RetentionInDays'])).toEqual(
      propertiesOf('AWS::Logs::LogGroup').map(() => 1),
    );
    expect(propertiesOf('AWS::Kinesis::Stream').map((it) => [it['ShardCount'], it['StreamModeDetails']])).toEqual(
      propertiesOf('AWS::Kinesis::Stream').map(() => [1, { StreamMode: 'PROVISIONED' }]),
    );
  });

  it('is signed with keys of its own, which nobody knows', () => {
    for (const secret of propertiesOf('AWS::SecretsManager::Secret')) {
      expect(secret['SecretString']).toBeUndefined();
      expect(secret['GenerateSecretString']).toBeDefined();
    }
  });

  it('has names that AWS takes, and that end as its roles may touch', () => {
    const names = all.flatMap((block) => {
      const properties = objectAt(block, 'Properties');
      return ['FunctionName', 'TableName', 'QueueName', 'TopicName', 'LayerName', 'RoleName'].flatMap(
        (name) => stringAt(properties, name) ?? [],
      );
    });

    expect(names).not.toEqual([]);
    expect(names.filter((name) => name.length > 64 || !name.endsWith(`-${longestName}`))).toEqual([]);
  });

  it('has the boundary that the account was prepared with for all previews', () => {
    const boundary = { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:policy/aviary-boundary-preview' };
    const functions = Object.values(preview({ Bootstrapped: 'true' })).filter(
      (block) => block['Type'] === 'AWS::Serverless::Function',
    );

    for (const block of functions) expect(objectAt(block, 'Properties')['PermissionsBoundary']).toEqual(boundary);
    expect(functions).not.toEqual([]);
  });
});

describe('the roles of previews', () => {
  const roles = resolved('preview');
  const allowed = (id: string): JsonObject[] => statements(id, roles).filter(({ Effect }) => Effect === 'Allow');

  it('let in jobs of the environment preview, and no pull request by itself', () => {
    const trust = JSON.stringify(objectAt(roles['DeployRole'], 'Properties')['AssumeRolePolicyDocument']);

    expect(trust).toContain('"repo:birds/aviary:environment:preview"');
    expect(trust).not.toContain('pull_request');
    expect(roles['PullRequestRole']).toBeUndefined();
  });

  it.each(['DeployRole', 'ServiceRole', 'Boundary', 'CodeDeployRole'])('%s fits no name of another stage', (id) => {
    const names = ['staging', 'production'].flatMap((stage) => [
      `arn:aws:lambda:eu-west-1:${account}:function:aviary-users-${stage}`,
      `arn:aws:lambda:eu-west-1:${account}:layer:aviary-shared-${stage}:3`,
      `arn:aws:dynamodb:eu-west-1:${account}:table/aviary-main-${stage}`,
      `arn:aws:s3:::aviary-artifacts-${stage}-${account}/pr-1/x`,
      `arn:aws:ssm:eu-west-1:${account}:parameter/aviary/${stage}/orders/maxLines`,
      `arn:aws:iam::${account}:role/aviary-${stage}-UsersRole-1A2B`,
      `arn:aws:cloudformation:eu-west-1:${account}:stack/aviary-${stage}/1`,
      `arn:aws:cloudformation:eu-west-1:${account}:stack/aviary-bootstrap-${stage}/1`,
    ]);
    const own = [
      `arn:aws:lambda:eu-west-1:${account}:function:aviary-users-pr-12`,
      `arn:aws:dynamodb:eu-west-1:${account}:table/aviary-main-pr-12`,
    ];
    const patterns = allowed(id)
      .flatMap(({ Resource }) => texts(Resource))
      .filter((pattern) => pattern !== '*' && pattern.startsWith('arn:'));
    const fitting = (arns: readonly string[]): string[] => arns.filter((arn) => patterns.some((it) => fits(it, arn)));

    expect(fitting(names)).toEqual([]);
    expect(fitting(own)).not.toEqual([]);
  });

  it('delete previews, which no deploy role of another stage does', () => {
    const actions = (stage: string): string[] =>
      statements('DeployRole', resolved(stage)).flatMap(({ Action }) => texts(Action));
    const removing = ['cloudformation:DeleteStack', 'dynamodb:DeleteTable', 'lambda:DeleteLayerVersion'];

    expect(actions('preview')).toEqual(expect.arrayContaining(removing));
    for (const action of removing) expect(actions('staging')).not.toContain(action);
  });
});
