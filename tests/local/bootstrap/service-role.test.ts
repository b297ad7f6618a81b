import { CreateTableCommand, DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePermissionsBoundaryCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { DeleteFunctionCommand, LambdaClient, UpdateFunctionCodeCommand } from '@aws-sdk/client-lambda';
import { DeleteObjectCommand, PutBucketPolicyCommand } from '@aws-sdk/client-s3';
import { CreateQueueCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { access } from '../../support/access.ts';
import { s3 } from '../../support/bootstrap-calls.ts';
import { github, useBootstrappedCloud, type Client } from '../../support/bootstrap.ts';

const subject = `repo:${github.organization}/${github.repository}:environment:staging`;
const everything = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } };

// Only CloudFormation and Lambda can be the roles in question, and the local cloud asks neither what it may do. So their
// documents, as they are deployed, are put on roles that the test can be.
describe("what CloudFormation's role and the functions' boundary of staging let through", () => {
  const cloud = useBootstrappedCloud();
  let service: Client;
  let bounded: Client;

  beforeAll(async () => {
    const iam = new IAMClient(cloud.admin);
    const { Role: deploy } = await iam.send(new GetRoleCommand({ RoleName: 'GitHubActions-Aviary-Staging' }));
    const policy = await iam.send(
      new GetRolePolicyCommand({ RoleName: 'aviary-cloudformation-staging', PolicyName: 'resources' }),
    );
    const policyArn = (name: string): string => `arn:aws:iam::000000000000:policy/aviary-${name}-staging`;
    const make = async (name: string, document: string, limit: string): Promise<Client> => {
      const { Role } = await iam.send(
        new CreateRoleCommand({
          RoleName: name,
          AssumeRolePolicyDocument: decodeURIComponent(deploy?.AssumeRolePolicyDocument ?? ''),
          PermissionsBoundary: limit,
        }),
      );
      await iam.send(new PutRolePolicyCommand({ RoleName: name, PolicyName: 'all', PolicyDocument: document }));
      return await cloud.assume(Role?.Arn ?? '', subject);
    };
    // By its name: the local cloud's CloudFormation leaves the boundary of a role out. A template test holds the two together.
    service = await make(
      'service-probe',
      decodeURIComponent(policy.PolicyDocument ?? ''),
      policyArn('cloudformation-boundary'),
    );
    bounded = await make('bounded-probe', JSON.stringify(everything), policyArn('boundary'));
  });

  const changes: Readonly<Record<string, (client: Client, stage: string) => Promise<unknown>>> = {
    'make a queue': (client, stage) =>
      new SQSClient(client).send(new CreateQueueCommand({ QueueName: `aviary-probe-${stage}` })),
    'make a table': (client, stage) =>
      new DynamoDBClient(client).send(
        new CreateTableCommand({
          TableName: `aviary-main-${stage}`,
          BillingMode: 'PAY_PER_REQUEST',
          AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
          KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        }),
      ),
    'replace code': (client, stage) =>
      new LambdaClient(client).send(
        new UpdateFunctionCodeCommand({ FunctionName: `aviary-users-${stage}`, ZipFile: new Uint8Array([80]) }),
      ),
    'delete a function': (client, stage) =>
      new LambdaClient(client).send(new DeleteFunctionCommand({ FunctionName: `aviary-users-${stage}` })),
    "delete a function's role": (client, stage) =>
      new IAMClient(client).send(new DeleteRoleCommand({ RoleName: `aviary-${stage}-UsersRole-1A2B3C` })),
  };

  describe("CloudFormation's role", () => {
    test.each(Object.entries(changes))('may %s of staging', async (_what, call) => {
      expect(await access(call(service, 'staging'))).toBe('allowed');
    });

    test.each(Object.entries(changes))('may not %s of production', async (_what, call) => {
      expect(await access(call(service, 'production'))).toBe('denied');
    });

    test.each(['aviary-cloudformation-staging', 'aviary-codedeploy-staging', 'GitHubActions-Aviary-Staging'])(
      'may not change who can be %s, nor what it may do',
      async (RoleName) => {
        const iam = new IAMClient(service);
        const trust = new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: '{}' });
        const more = new PutRolePolicyCommand({ RoleName, PolicyName: 'more', PolicyDocument: '{}' });

        expect(await access(iam.send(trust))).toBe('denied');
        expect(await access(iam.send(more))).toBe('denied');
        expect(await access(iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName })))).toBe('denied');
      },
    );

    test('may not make a role, nor give one more, without the boundary', async () => {
      const iam = new IAMClient(service);
      const role = { RoleName: 'aviary-staging-UsersRole-1A2B3C' };
      const administrator = 'arn:aws:iam::aws:policy/AdministratorAccess';

      expect(await access(iam.send(new CreateRoleCommand({ ...role, AssumeRolePolicyDocument: '{}' })))).toBe('denied');
      expect(await access(iam.send(new AttachRolePolicyCommand({ ...role, PolicyArn: administrator })))).toBe('denied');
    });

    test('may not change artifacts, nor who can read them', async () => {
      const { bucket } = cloud.stage('staging');

      expect(await access(s3(service).send(new DeleteObjectCommand({ Bucket: bucket, Key: 'probe' })))).toBe('denied');
      expect(await access(s3(service).send(new PutBucketPolicyCommand({ Bucket: bucket, Policy: '{}' })))).toBe(
        'denied',
      );
    });
  });

  describe('a role with every permission within the boundary', () => {
    const uses: Readonly<Record<string, (client: Client, stage: string) => Promise<unknown>>> = {
      'read an item': (client, stage) =>
        new DynamoDBClient(client).send(
          new GetItemCommand({ TableName: `aviary-main-${stage}`, Key: { pk: { S: 'a' } } }),
        ),
      'send a message': (client, stage) =>
        new SQSClient(client).send(
          new SendMessageCommand({
            QueueUrl: `${cloud.endpoint}/000000000000/aviary-probe-${stage}`,
            MessageBody: 'hello',
          }),
        ),
    };

    test.each(Object.entries(uses))('may %s of staging', async (_what, call) => {
      expect(await access(call(bounded, 'staging'))).toBe('allowed');
    });

    test.each(Object.entries(uses))('may not %s of production', async (_what, call) => {
      expect(await access(call(bounded, 'production'))).toBe('denied');
    });

    test.each(Object.entries(changes))('may not %s, even of staging', async (_what, call) => {
      expect(await access(call(bounded, 'staging'))).toBe('denied');
    });
  });
});
