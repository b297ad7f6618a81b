import {
  CloudFormationClient,
  CreateChangeSetCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
  DetectStackDriftCommand,
  ExecuteChangeSetCommand,
  GetTemplateCommand,
  ListStackResourcesCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { DescribeTableCommand, DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  DeleteFunctionCommand,
  GetAliasCommand,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  LambdaClient,
  UpdateAliasCommand,
  UpdateFunctionCodeCommand,
} from '@aws-sdk/client-lambda';
import {
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { Client } from './bootstrap.ts';

export const template = JSON.stringify({ Resources: { Topic: { Type: 'AWS::SNS::Topic' } } });
const code = new Uint8Array([80, 75]);

/** One call of each kind, on the names of a stage. */
export const calls: Readonly<Record<string, (client: Client, stage: string) => Promise<unknown>>> = {
  'describe the stack': (client, stage) =>
    new CloudFormationClient(client).send(new DescribeStacksCommand({ StackName: `aviary-${stage}` })),
  'read the template': (client, stage) =>
    new CloudFormationClient(client).send(new GetTemplateCommand({ StackName: `aviary-${stage}` })),
  'list the resources': (client, stage) =>
    new CloudFormationClient(client).send(new ListStackResourcesCommand({ StackName: `aviary-${stage}` })),
  'read the bootstrap stack': (client, stage) =>
    new CloudFormationClient(client).send(new DescribeStacksCommand({ StackName: `aviary-bootstrap-${stage}` })),
  'look for drift': (client, stage) =>
    new CloudFormationClient(client).send(new DetectStackDriftCommand({ StackName: `aviary-${stage}` })),
  'make a change set': (client, stage) =>
    new CloudFormationClient(client).send(
      new CreateChangeSetCommand({ StackName: `aviary-${stage}`, ChangeSetName: 'change', TemplateBody: template }),
    ),
  'execute a change set': (client, stage) =>
    new CloudFormationClient(client).send(
      new ExecuteChangeSetCommand({ StackName: `aviary-${stage}`, ChangeSetName: 'none' }),
    ),
  'update the stack past its change sets': (client, stage) =>
    new CloudFormationClient(client).send(
      new UpdateStackCommand({ StackName: `aviary-${stage}`, TemplateBody: template }),
    ),
  'update the bootstrap stack': (client, stage) =>
    new CloudFormationClient(client).send(
      new UpdateStackCommand({ StackName: `aviary-bootstrap-${stage}`, TemplateBody: template }),
    ),
  'delete the stack': (client, stage) =>
    new CloudFormationClient(client).send(new DeleteStackCommand({ StackName: `aviary-${stage}` })),
  'upload an artifact': (client, stage) => s3(client).send(new PutObjectCommand({ ...object(stage), Body: 'bytes' })),
  'read an artifact': (client, stage) => s3(client).send(new GetObjectCommand(object(stage))),
  'list the artifacts': (client, stage) => s3(client).send(new ListObjectsV2Command({ Bucket: object(stage).Bucket })),
  'delete an artifact': (client, stage) => s3(client).send(new DeleteObjectCommand(object(stage))),
  'let go of the lock': (client, stage) =>
    s3(client).send(new DeleteObjectCommand({ ...object(stage), Key: `locks/aviary-${stage}.json` })),
  'open the bucket': (client, stage) =>
    s3(client).send(new PutBucketPolicyCommand({ Bucket: object(stage).Bucket, Policy: '{}' })),
  'delete the bucket': (client, stage) => s3(client).send(new DeleteBucketCommand({ Bucket: object(stage).Bucket })),
  'read a function': (client, stage) =>
    new LambdaClient(client).send(
      new GetFunctionConfigurationCommand({ FunctionName: `aviary-users-${stage}`, Qualifier: 'live' }),
    ),
  'read an alias': (client, stage) =>
    new LambdaClient(client).send(new GetAliasCommand({ FunctionName: `aviary-users-${stage}`, Name: 'live' })),
  "fetch a function's code": (client, stage) =>
    new LambdaClient(client).send(new GetFunctionCommand({ FunctionName: `aviary-users-${stage}` })),
  'move an alias': (client, stage) =>
    new LambdaClient(client).send(
      new UpdateAliasCommand({ FunctionName: `aviary-users-${stage}`, Name: 'live', FunctionVersion: '1' }),
    ),
  'invoke a function': (client, stage) =>
    new LambdaClient(client).send(new InvokeCommand({ FunctionName: `aviary-users-${stage}` })),
  'replace code past CloudFormation': (client, stage) =>
    new LambdaClient(client).send(
      new UpdateFunctionCodeCommand({ FunctionName: `aviary-users-${stage}`, ZipFile: code }),
    ),
  'delete a function': (client, stage) =>
    new LambdaClient(client).send(new DeleteFunctionCommand({ FunctionName: `aviary-users-${stage}` })),
  'tell of a deployment': (client, stage) =>
    new SNSClient(client).send(new PublishCommand({ TopicArn: topic('deployments', stage), Message: 'done' })),
  'raise an alarm': (client, stage) =>
    new SNSClient(client).send(new PublishCommand({ TopicArn: topic('critical', stage), Message: 'done' })),
  'describe a table': (client, stage) =>
    new DynamoDBClient(client).send(new DescribeTableCommand({ TableName: `aviary-main-${stage}` })),
  'read an item': (client, stage) =>
    new DynamoDBClient(client).send(
      new GetItemCommand({ TableName: `aviary-main-${stage}`, Key: { pk: { S: 'a' }, sk: { S: 'a' } } }),
    ),
  'read a message': (client, stage) =>
    new SQSClient(client).send(
      new ReceiveMessageCommand({ QueueUrl: `${client.endpoint}/000000000000/aviary-processor-dlq-${stage}` }),
    ),
  'read a secret': (client, stage) =>
    new SecretsManagerClient(client).send(new GetSecretValueCommand({ SecretId: `aviary-github-webhook-${stage}` })),
  'make a queue': (client, stage) =>
    new SQSClient(client).send(new CreateQueueCommand({ QueueName: `aviary-probe-${stage}` })),
  'make a role': (client, stage) =>
    new IAMClient(client).send(
      new CreateRoleCommand({ RoleName: `aviary-probe-${stage}`, AssumeRolePolicyDocument: '{}' }),
    ),
  'widen its own role': (client, stage) =>
    new IAMClient(client).send(
      new PutRolePolicyCommand({
        RoleName: stage === 'staging' ? 'GitHubActions-Aviary-Staging' : 'GitHubActions-Aviary-Production',
        PolicyName: 'more',
        PolicyDocument: '{}',
      }),
    ),
  "be CloudFormation's role": (client, stage) =>
    new STSClient(client).send(
      new AssumeRoleCommand({
        RoleArn: `arn:aws:iam::000000000000:role/aviary-cloudformation-${stage}`,
        RoleSessionName: 'job',
      }),
    ),
};

export function s3(client: Client): S3Client {
  return new S3Client({ ...client, forcePathStyle: true });
}

function object(stage: string): { Bucket: string; Key: string } {
  return { Bucket: `aviary-artifacts-${stage}-000000000000`, Key: 'probe' };
}

function topic(name: string, stage: string): string {
  return `arn:aws:sns:eu-west-1:000000000000:aviary-${name}-${stage}`;
}
