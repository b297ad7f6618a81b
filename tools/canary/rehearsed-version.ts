import type { LambdaClient } from '@aws-sdk/client-lambda';
import { build } from 'esbuild';
import { zipSync } from 'fflate';
import { compiling } from '../build/compile-failure.ts';
import { esbuildOptions } from '../build/esbuild-options.ts';
import { Failure } from '../lib/failure.ts';
import { packagePlace, type RecordedFunction } from '../plan/record.ts';
import type { FunctionSource } from '../template/code-resources.ts';

/** A version of the tree beside those that are deployed. */
export interface RehearsedVersion {
  readonly version: string;
  /** Deletes it, and gives the function the code back that it had. */
  readonly remove: () => Promise<void>;
}

/**
 * Publishes what the tree has of a function, which gets no traffic. The shared code is in its package: a layer is published
 * only by a deploy. Packages, variables and memory are those of the version that runs.
 * @throws Failure where the code does not compile, and for a function whose package is not in the bucket
 */
export async function publishTree(
  client: LambdaClient,
  FunctionName: string,
  { entry, buildProperties, logicalId }: FunctionSource,
  running: RecordedFunction,
  root: string,
): Promise<RehearsedVersion> {
  const sdk = await import('@aws-sdk/client-lambda');
  const place = packagePlace(running);
  if (!place) throw new Failure(`${running.name} runs no package of the bucket.`, 'Deploy it first: npm run deploy.');
  const options = { ...esbuildOptions(buildProperties, logicalId), external: [] };
  const { outputFiles } = await compiling(
    build({ ...options, entryPoints: [`./${entry}`], absWorkingDir: root, write: false, logLevel: 'silent' }),
  );
  const [bundle] = outputFiles;
  if (!bundle) throw new Error(`esbuild made no output for ${entry}`);
  const ZipFile = zipSync({ 'handler.js': bundle.contents });
  const published = await client.send(new sdk.UpdateFunctionCodeCommand({ FunctionName, ZipFile, Publish: true }));
  const version = published.Version ?? '';
  return {
    version,
    remove: async () => {
      const code = { S3Bucket: place.bucket, S3Key: place.key };
      await client.send(new sdk.UpdateFunctionCodeCommand({ FunctionName, ...code }));
      await client.send(new sdk.DeleteFunctionCommand({ FunctionName, Qualifier: version }));
    },
  };
}
