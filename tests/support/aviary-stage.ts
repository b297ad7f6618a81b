import {
  CloudFormationClient,
  DescribeStacksCommand,
  ListStackResourcesCommand,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  ListVersionsByFunctionCommand,
  type FunctionConfiguration,
} from '@aws-sdk/client-lambda';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { join } from 'node:path';
import type { Plan } from '../../tools/plan/plan.ts';
import type { DeployResult } from '../../tools/stack/deploy-stage.ts';
import { type Cloud, cloudDirectory, startCloud } from '../../tools/local/cloud.ts';
import { localClient, type LocalClient } from '../../tools/local/environment.ts';
import { findCodeResources } from '../../tools/template/code-resources.ts';
import type { Connection } from '../../tools/stack/connection.ts';
import { localStage, readStage } from '../../tools/template/read-stages.ts';
import { readTemplate } from '../../tools/template/read-template.ts';
import { resolveTemplate } from '../../tools/template/resolve-template.ts';
import { aviaryJson } from './aviary.ts';
import { repository } from './cloud.ts';
import { Clone } from './clone.ts';
import { deployedClone } from './deployed-clone.ts';
import { apiAt, type Api } from './http.ts';
import { documented } from './openapi.ts';

/** The functions that tests speak of by name. */
export type FunctionName = 'github-webhook' | 'health' | 'processor' | 'table-stream' | 'users';

/** Every function of this repository, as the template of the local stage has them, in order. */
export const functionNames: readonly string[] = [
  ...findCodeResources(
    resolveTemplate(readTemplate(join(repository, 'template.yaml')), readStage(repository, 'local').parameters)
      .resources,
    repository,
  ).functions.map(({ name }) => name),
].sort();

/** `order-stream` in template.yaml: `OrderStream`. */
export const logicalId = (name: string): string =>
  name.replaceAll(/(?:^|-)(.)/g, (_whole, letter: string) => letter.toUpperCase());

/** What Lambda says of a function and of the version behind `live`. */
export interface RunningFunction {
  readonly version: string;
  readonly versions: readonly string[];
  readonly codeSha256: string;
  readonly layers: readonly string[];
  readonly release: string | undefined;
  readonly environment: Readonly<Record<string, string>>;
}

/** Every function, by its name. */
export type Running = Readonly<Record<FunctionName, RunningFunction>> & Readonly<Record<string, RunningFunction>>;

/** The versions that were published between two looks, by function; none where there were none. */
export function published(before: Running, after: Running): Readonly<Record<string, string[]>> {
  const fresh = Object.entries(after).map(([name, { versions }]) => {
    return [name, versions.filter((version) => !before[name]?.versions.includes(version))] as const;
  });
  return Object.fromEntries(fresh.filter(([, versions]) => versions.length > 0));
}

/** The others than one. */
export function without(running: Running, name: string): Readonly<Record<string, RunningFunction>> {
  return Object.fromEntries(Object.entries(running).filter(([it]) => it !== name));
}

/** A clone with a local cloud of its own, as one that `npm start` serves; valid from the first `beforeAll` on. */
export class Stage {
  readonly clone: Clone;
  readonly cloud: Cloud;
  /** What a client of the AWS SDK is made with. */
  readonly client: LocalClient;
  readonly lambda: LambdaClient;
  readonly s3: S3Client;
  readonly cloudFormation: CloudFormationClient;

  private constructor(clone: Clone, cloud: Cloud) {
    this.clone = clone;
    this.cloud = cloud;
    const config = localClient(cloud.endpoint);
    this.client = config;
    this.lambda = new LambdaClient(config);
    this.s3 = new S3Client({ ...config, forcePathStyle: true });
    this.cloudFormation = new CloudFormationClient(config);
  }

  /** What the tools reach it by. */
  get connection(): Connection {
    return { root: this.clone.root, stage: readStage(this.clone.root, localStage), endpoint: this.cloud.endpoint };
  }

  static async make({ deployed = true, environment = {} }: StageOptions): Promise<Stage> {
    const clone = deployed ? await deployedClone() : new Clone();
    try {
      const directory = cloudDirectory(clone.root);
      return new Stage(clone, await startCloud({ root: clone.root, directory, port: 0, keep: deployed, environment }));
    } catch (error) {
      clone.delete();
      throw error;
    }
  }

  async end(): Promise<void> {
    this.lambda.destroy();
    this.s3.destroy();
    this.cloudFormation.destroy();
    await this.cloud.stop();
    this.clone.delete();
  }

  /** `aviary deploy` as a process of its own. */
  async deploy(...args: string[]): Promise<DeployResult> {
    return await aviaryJson<DeployResult>(this.clone.root, ['deploy', ...args]);
  }

  /** What a plan is not done with, as `function users changed`; in the order of the plan. */
  async differing(...args: string[]): Promise<string[]> {
    const { items } = await aviaryJson<Plan>(this.clone.root, ['plan', ...args]);
    return items
      .filter(({ change }) => change !== 'unchanged')
      .map(({ kind, name, change }) => `${kind} ${name} ${change}`);
  }

  /** What runs behind each function's alias, and all of its versions. */
  async running(): Promise<Running> {
    const found = functionNames.map(async (name) => [name, await this.#read(name)] as const);
    return Object.fromEntries(await Promise.all(found)) as Running;
  }

  async #read(name: string): Promise<RunningFunction> {
    const FunctionName = `aviary-${name}-local`;
    const [live, { Versions = [] }] = await Promise.all([
      this.lambda.send(new GetFunctionConfigurationCommand({ FunctionName, Qualifier: 'live' })),
      this.lambda.send(new ListVersionsByFunctionCommand({ FunctionName })),
    ]);
    const numbers = Versions.map(({ Version = '' }: FunctionConfiguration) => Version);
    return {
      version: live.Version ?? '',
      versions: numbers.filter((version) => version !== '$LATEST'),
      codeSha256: live.CodeSha256 ?? '',
      layers: (live.Layers ?? []).map(({ Arn = '' }) => Arn),
      release: live.Environment?.Variables?.['RELEASE'],
      environment: live.Environment?.Variables ?? {},
    };
  }

  /** Keys in the bucket of the artifacts. */
  async artifacts(): Promise<string[]> {
    const answer = await this.s3.send(new ListObjectsV2Command({ Bucket: 'aviary-artifacts-local-000000000000' }));
    return (answer.Contents ?? []).map(({ Key = '' }) => Key);
  }

  async stackState(): Promise<string | undefined> {
    return (await this.#stack()).StackStatus;
  }

  /** The address of the API. */
  async apiUrl(): Promise<string> {
    const id = (await this.#stack()).Outputs?.find(({ OutputKey }) => OutputKey === 'ApiId')?.OutputValue;
    if (id === undefined) throw new Error('The stack has no API.');
    return `${this.cloud.endpoint}/_aws/execute-api/${id}/local`;
  }

  /** Requests to it, each answer held against the OpenAPI document of the repository. */
  async api(): Promise<Api> {
    return documented(apiAt(await this.apiUrl()));
  }

  async #stack(): Promise<Stack> {
    const { Stacks = [] } = await this.cloudFormation.send(new DescribeStacksCommand({ StackName: 'aviary-local' }));
    if (Stacks[0] === undefined) throw new Error('There is no stack.');
    return Stacks[0];
  }

  /** Logical id to physical id. */
  async resources(): Promise<Record<string, string>> {
    const command = new ListStackResourcesCommand({ StackName: 'aviary-local' });
    const { StackResourceSummaries = [] } = await this.cloudFormation.send(command);
    return Object.fromEntries(
      StackResourceSummaries.map(({ LogicalResourceId = '', PhysicalResourceId = '' }) => [
        LogicalResourceId,
        PhysicalResourceId,
      ]),
    );
  }
}

export interface StageOptions {
  readonly deployed?: boolean;
  /** More settings of MiniStack. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Gives the test file a stage of its own; deployed before its first test, unless told otherwise. */
export function useStage(options: StageOptions = {}): () => Stage {
  let stage: Stage | undefined;
  beforeAll(async () => {
    stage = await Stage.make(options);
  });
  afterAll(() => stage?.end());
  return () => {
    if (stage === undefined) throw new Error('The stage is there in a test or a later hook.');
    return stage;
  };
}
