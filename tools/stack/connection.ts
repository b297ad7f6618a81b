import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { S3Client } from '@aws-sdk/client-s3';
import { Failure } from '../lib/failure.ts';
import { cloudDirectory, readCloud } from '../local/cloud.ts';
import { localClient, localEndpoint } from '../local/environment.ts';
import { localStage, type Stage } from '../template/read-stages.ts';

/** Where a stage's stack is: an account that the environment's credentials open, or the local cloud. */
export interface Connection {
  readonly root: string;
  readonly stage: Stage;
  /** Address of the local cloud; undefined for AWS. */
  readonly endpoint: string | undefined;
}

/** What the AWS SDK's clients are made with. */
export interface ClientConfig {
  readonly region: string;
  readonly endpoint?: string;
  readonly profile?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/**
 * @param isLocal whether it is in the local cloud; by default the local stage is, and no other
 * @throws Failure for a stage of the local cloud while none runs
 */
export async function connect(
  root: string,
  stage: Stage,
  isLocal: boolean = stage.name === localStage,
): Promise<Connection> {
  if (!isLocal) return { root, stage, endpoint: undefined };
  const cloud = await readCloud(cloudDirectory(root));
  if (!cloud) {
    throw new Failure('The local cloud is not running.', 'Start it in another terminal: npm start.');
  }
  return { root, stage, endpoint: localEndpoint(cloud.port) };
}

export function clientConfig({ stage, endpoint }: Connection): ClientConfig {
  return endpoint === undefined
    ? { region: stage.region, ...(stage.profile === undefined ? {} : { profile: stage.profile }) }
    : { ...localClient(endpoint), region: stage.region };
}

/** A client of S3; the local cloud's buckets are in the path, since names below its address would not resolve. */
export async function s3Client(connection: Connection): Promise<S3Client> {
  const { S3Client } = await import('@aws-sdk/client-s3');
  return new S3Client({ ...clientConfig(connection), forcePathStyle: connection.endpoint !== undefined });
}

/** A client of Lambda that stays below what an account allows, and slows down where it is told to. */
export async function lambdaClient(connection: Connection): Promise<LambdaClient> {
  const { LambdaClient } = await import('@aws-sdk/client-lambda');
  const client = new LambdaClient({ ...clientConfig(connection), maxAttempts: 6, retryMode: 'adaptive' });
  // The local cloud allows any number.
  return connection.endpoint === undefined ? (await import('./limit-calls.ts')).limitCalls(client) : client;
}

/**
 * Runs calls to AWS. @throws Failure where there are no credentials, they are refused, or AWS does not answer; any other
 * error as it is
 */
export async function asking<T>({ stage, endpoint }: Connection, calls: Promise<T>): Promise<T> {
  try {
    return await calls;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const code = 'code' in error ? String(error.code) : error.name;
    const options = { cause: error };
    if (endpoint !== undefined && /ECONNREFUSED|ECONNRESET|TimeoutError/.test(code)) {
      throw new Failure('The local cloud does not answer.', 'Start it again: npm start.', options);
    }
    if (/CredentialsProviderError|TokenProviderError/.test(code)) {
      throw new Failure(
        `There are no AWS credentials for the stage ${stage.name}.`,
        'Sign in (aws sso login), or set AWS_PROFILE.',
        options,
      );
    }
    if (/ExpiredToken|AccessDenied|UnrecognizedClient|InvalidClientTokenId|SignatureDoesNotMatch/.test(code)) {
      throw new Failure(
        `AWS refused the credentials for the stage ${stage.name} (${code}).`,
        'Sign in again, or use a role that may read and deploy the stack.',
        options,
      );
    }
    if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|TimeoutError/.test(code)) {
      throw new Failure(
        `AWS cannot be reached in ${stage.region} (${code}).`,
        'Check the network, and the region in samconfig.toml.',
        options,
      );
    }
    throw error;
  }
}
