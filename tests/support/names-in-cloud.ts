import { CloudFormationClient, ListStacksCommand } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { IAMClient, ListRolesCommand } from '@aws-sdk/client-iam';
import { KinesisClient, ListStreamsCommand } from '@aws-sdk/client-kinesis';
import { LambdaClient, paginateListFunctions, ListLayersCommand } from '@aws-sdk/client-lambda';
import { ListSecretsCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ListTopicsCommand, SNSClient } from '@aws-sdk/client-sns';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DescribeParametersCommand, SSMClient } from '@aws-sdk/client-ssm';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import type { LocalClient } from '../../tools/local/environment.ts';

/** The names of all that is in a local cloud, by kind; in buckets, the keys. */
export async function namesInCloud(client: LocalClient): Promise<Readonly<Record<string, readonly string[]>>> {
  const list = <T>(items: readonly T[] | undefined, name: (item: T) => string | undefined): string[] =>
    (items ?? []).flatMap((item) => name(item) ?? []);
  const functions: string[] = [];
  for await (const page of paginateListFunctions({ client: new LambdaClient(client) }, {})) {
    functions.push(...list(page.Functions, (it) => it.FunctionName));
  }
  const { Stacks } = { Stacks: await new CloudFormationClient(client).send(new ListStacksCommand({})) };
  const alive = (Stacks.StackSummaries ?? []).filter(({ StackStatus }) => StackStatus !== 'DELETE_COMPLETE');
  return {
    functions,
    stacks: list(alive, (it) => it.StackName),
    layers: list((await new LambdaClient(client).send(new ListLayersCommand({}))).Layers, (it) => it.LayerName),
    tables: (await new DynamoDBClient(client).send(new ListTablesCommand({}))).TableNames ?? [],
    streams: (await new KinesisClient(client).send(new ListStreamsCommand({}))).StreamNames ?? [],
    queues: (await new SQSClient(client).send(new ListQueuesCommand({ MaxResults: 1000 }))).QueueUrls ?? [],
    topics: list((await new SNSClient(client).send(new ListTopicsCommand({}))).Topics, (it) => it.TopicArn),
    roles: list(
      (await new IAMClient(client).send(new ListRolesCommand({ MaxItems: 1000 }))).Roles,
      (it) => it.RoleName,
    ),
    secrets: list(
      (await new SecretsManagerClient(client).send(new ListSecretsCommand({}))).SecretList,
      (it) => it.Name,
    ),
    parameters: list(
      (await new SSMClient(client).send(new DescribeParametersCommand({ MaxResults: 50 }))).Parameters,
      (it) => it.Name,
    ),
    'log groups': list(
      (await new CloudWatchLogsClient(client).send(new DescribeLogGroupsCommand({ limit: 50 }))).logGroups,
      (it) => it.logGroupName,
    ),
  };
}

/** The keys of a bucket. */
export async function keysIn(client: LocalClient, Bucket: string): Promise<string[]> {
  const s3 = new S3Client({ ...client, forcePathStyle: true });
  return ((await s3.send(new ListObjectsV2Command({ Bucket }))).Contents ?? []).map(({ Key = '' }) => Key);
}
