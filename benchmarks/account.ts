import {
  CloudFormationClient,
  DescribeStacksCommand,
  paginateDescribeStackEvents,
} from '@aws-sdk/client-cloudformation';
import { GetFunctionConfigurationCommand, LambdaClient, ListVersionsByFunctionCommand } from '@aws-sdk/client-lambda';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { parseJson, type Json } from '../tools/lib/json.ts';
import { localClient } from '../tools/local/environment.ts';
import { broken } from './bench.ts';

/** A function as Lambda describes it. */
export interface FunctionState {
  /** Published versions. */
  readonly versions: readonly string[];
  /** Changes whenever code or configuration of $LATEST was written. */
  readonly revision: string;
}

/** What is in a local cloud. */
export class Account {
  readonly endpoint: string;
  readonly #lambda: LambdaClient;
  readonly #s3: S3Client;
  readonly #cloudFormation: CloudFormationClient;

  constructor(endpoint: string) {
    const config = localClient(endpoint);
    this.endpoint = endpoint;
    this.#lambda = new LambdaClient(config);
    this.#s3 = new S3Client({ ...config, forcePathStyle: true });
    this.#cloudFormation = new CloudFormationClient(config);
  }

  /** Key to size in bytes. */
  async objects(bucket: string): Promise<Map<string, number>> {
    const { Contents = [], IsTruncated } = await this.#s3.send(new ListObjectsV2Command({ Bucket: bucket }));
    if (IsTruncated === true) throw broken(`The bucket ${bucket} has more objects than one listing shows.`);
    return new Map(Contents.map(({ Key = '', Size = 0 }) => [Key, Size]));
  }

  async functionState(name: string): Promise<FunctionState> {
    const [{ Versions = [], NextMarker }, { RevisionId = '', LastModified = '' }] = await Promise.all([
      this.#lambda.send(new ListVersionsByFunctionCommand({ FunctionName: name })),
      this.#lambda.send(new GetFunctionConfigurationCommand({ FunctionName: name })),
    ]);
    if (NextMarker !== undefined && NextMarker !== '') throw broken(`${name} has more versions than one answer shows.`);
    const versions = Versions.map(({ Version = '' }) => Version).filter((version) => version !== '$LATEST');
    return { versions, revision: `${RevisionId} ${LastModified}` };
  }

  /** What a function answers, also where that is its error; undefined while it cannot be invoked. */
  async invoke(name: string, qualifier: string, event: Json): Promise<string | undefined> {
    const path = `/2015-03-31/functions/${name}:${qualifier}/invocations`;
    try {
      const limit = AbortSignal.timeout(10_000);
      const response = await fetch(`${this.endpoint}${path}`, {
        method: 'POST',
        body: JSON.stringify(event),
        signal: limit,
      });
      const text = await response.text();
      return response.ok ? JSON.stringify(parseJson(text)) : undefined;
    } catch {
      return undefined;
    }
  }

  async output(stackName: string, key: string): Promise<string> {
    const { Stacks = [] } = await this.#cloudFormation.send(new DescribeStacksCommand({ StackName: stackName }));
    const value = Stacks[0]?.Outputs?.find(({ OutputKey }) => OutputKey === key)?.OutputValue;
    if (value === undefined) throw broken(`The stack ${stackName} has no output ${key}.`);
    return value;
  }

  /** Milliseconds of the last update of a stack, by its own events. */
  async stackUpdate(stackName: string): Promise<number> {
    let end: Date | undefined;
    // The newest comes first.
    for await (const page of paginateDescribeStackEvents({ client: this.#cloudFormation }, { StackName: stackName })) {
      for (const { LogicalResourceId: id, ResourceStatus: status, Timestamp: at } of page.StackEvents ?? []) {
        if (id !== stackName || at === undefined) continue;
        if (status === 'UPDATE_COMPLETE') end ??= at;
        if (status === 'UPDATE_IN_PROGRESS' && end) return end.getTime() - at.getTime();
      }
    }
    throw broken(`The stack ${stackName} tells of no update.`);
  }

  close(): void {
    this.#lambda.destroy();
    this.#s3.destroy();
    this.#cloudFormation.destroy();
  }
}
