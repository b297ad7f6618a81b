import {
  CloudFormationClient,
  CreateChangeSetCommand,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
  SignalResourceCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { localClient } from '../../tools/local/environment.ts';
import { recordVersion } from '../../tools/plan/record.ts';
import type { Connection } from '../../tools/stack/connection.ts';
import { readOperation } from '../../tools/stack/read-operation.ts';
import { listResources } from '../../tools/stack/read-stack.ts';
import { repository } from './cloud.ts';
import { eventually } from './runtime/eventually.ts';
import { aStage } from './engine/a-stage.ts';

type Resources = Readonly<Record<string, unknown>>;

/** A queue that is not what it was as soon as `seconds` is another number. */
export const queue = (seconds: number | string, name = 'small-queue'): unknown => ({
  Type: 'AWS::SQS::Queue',
  Properties: { QueueName: name, VisibilityTimeout: seconds },
});

/** A table that stays when its stack goes; with an index or without. */
export const table = (name: string, indexed = false): unknown => {
  const attributes = indexed ? ['pk', 'sk'] : ['pk'];
  const index = {
    IndexName: 'bySk',
    KeySchema: [{ AttributeName: 'sk', KeyType: 'HASH' }],
    Projection: { ProjectionType: 'ALL' },
  };
  return {
    Type: 'AWS::DynamoDB::Table',
    DeletionPolicy: 'Retain',
    Properties: {
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: attributes.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      ...(indexed ? { GlobalSecondaryIndexes: [index] } : {}),
    },
  };
};

/** Refused when all others are made. */
export const impossible = (...after: string[]): unknown => ({ ...(queue('impossible') as object), DependsOn: after });

/** Keeps CloudFormation at work until it is told how it ended. */
export const gate = (...after: string[]): unknown => ({
  Type: 'AWS::CloudFormation::WaitCondition',
  DependsOn: after,
  CreationPolicy: { ResourceSignal: { Timeout: 'PT5M' } },
});

const template = (Resources: Resources): string =>
  JSON.stringify({ Metadata: { Aviary: { version: recordVersion, stage: 'local' } }, Resources });

/** One stack of a few resources, which takes CloudFormation a moment, brought into each state that it can be in. */
export class SmallStack {
  readonly connection: Connection;
  readonly #client: CloudFormationClient;
  readonly #name: string;

  constructor(endpoint: string, name: string) {
    this.#name = name;
    this.#client = new CloudFormationClient(localClient(endpoint));
    const stage = aStage('local', { stackName: name, parameters: { Stage: 'local' } });
    this.connection = { root: repository, stage, endpoint };
  }

  /** Undefined where there is no such stack. */
  async state(): Promise<string | undefined> {
    try {
      const { Stacks = [] } = await this.#client.send(new DescribeStacksCommand({ StackName: this.#name }));
      return Stacks[0]?.StackStatus;
    } catch {
      return undefined;
    }
  }

  reaches(state: string): Promise<string | undefined> {
    return eventually(
      () => this.state(),
      (it) => it === state,
    );
  }

  /** Waits for an event such as `Queue CREATE_COMPLETE`. */
  async tells(event: RegExp): Promise<void> {
    await eventually(
      async () =>
        (await readOperation(this.connection, this.#name)).map(
          (it) => `${it.LogicalResourceId ?? ''} ${it.ResourceStatus ?? ''}`,
        ),
      (events) => events.some((it) => event.test(it)),
    );
  }

  async idOf(logicalId: string): Promise<string> {
    const resources = await listResources(this.connection, undefined);
    return resources.find((it) => it.logicalId === logicalId)?.physicalId ?? 'none';
  }

  async prepare(resources: Resources): Promise<void> {
    const change = {
      ChangeSetName: 'samcli-deploy1',
      ChangeSetType: 'CREATE',
      TemplateBody: template(resources),
    } as const;
    await this.#client.send(new CreateChangeSetCommand({ StackName: this.#name, ...change }));
  }

  async create(resources: Resources, options: { DisableRollback?: boolean } = {}): Promise<void> {
    const command = new CreateStackCommand({ StackName: this.#name, TemplateBody: template(resources), ...options });
    await this.#client.send(command);
  }

  async update(resources: Resources, options: { DisableRollback?: boolean } = {}): Promise<void> {
    const command = new UpdateStackCommand({ StackName: this.#name, TemplateBody: template(resources), ...options });
    await this.#client.send(command);
  }

  /** Ends the wait of a {@link gate}. */
  async signal(LogicalResourceId: string, Status: 'SUCCESS' | 'FAILURE'): Promise<void> {
    const command = { StackName: this.#name, LogicalResourceId, UniqueId: 'one', Status };
    await this.#client.send(new SignalResourceCommand(command));
  }

  async delete(): Promise<void> {
    await this.#client.send(new DeleteStackCommand({ StackName: this.#name }));
  }
}

/** A part of a network that no stack knows of, and that keeps it from being deleted. */
export async function makeSubnet(endpoint: string, vpc: string): Promise<void> {
  const question = new URLSearchParams({
    Action: 'CreateSubnet',
    Version: '2016-11-15',
    VpcId: vpc,
    CidrBlock: '10.0.1.0/24',
  });
  const headers = { authorization: 'AWS4-HMAC-SHA256 Credential=test/20260101/eu-west-1/ec2/aws4_request' };
  const response = await fetch(endpoint, { method: 'POST', body: question, headers });
  if (!response.ok) throw new Error(await response.text());
}
