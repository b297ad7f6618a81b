import type { LambdaClient } from '@aws-sdk/client-lambda';
import { packageFunctions } from '../build/bundle-functions.ts';
import { Failure } from '../lib/failure.ts';
import { zipFiles } from '../package/zip-folder.ts';
import { packagePlace, type PackagePlace } from '../plan/record.ts';
import { releaseVariable, shortRelease } from '../plan/recorded-block.ts';
import { mapsIn, withMap } from '../source-maps/build-source-maps.ts';
import { openMaps } from '../source-maps/map-store.ts';
import type { Connection } from '../stack/connection.ts';
import { readStack } from '../stack/read-stack.ts';
import { withStageLock } from '../stack/stage-lock.ts';
import type { FunctionSource } from '../template/code-resources.ts';

/** A version of the tree beside those that are deployed. */
export interface RehearsedVersion {
  readonly version: string;
  /** Deletes it. */
  readonly remove: () => Promise<void>;
}

/**
 * Publishes what the tree has of a function, which gets no traffic, and leaves `$LATEST` as the stack has it. The shared code
 * is in its package: a layer is published only by a deploy. Packages, variables and memory are those of the version that
 * runs, but for the release: that is the beginning of the code, under which its source map is kept, so that logs tell the two
 * versions apart.
 * @throws Failure where the code does not compile, and for a function whose package is not in the bucket
 */
export async function publishTree(
  connection: Connection,
  client: LambdaClient,
  FunctionName: string,
  source: FunctionSource,
): Promise<RehearsedVersion> {
  const sdk = await import('@aws-sdk/client-lambda');
  const files = await packageFunctions([source], connection.root, { ...withMap, external: [] });
  const bundle = files.find(({ path }) => path.endsWith('.js'));
  const [[code, map] = []] = mapsIn(files, connection.root);
  if (!bundle || code === undefined || map === undefined) throw new Error(`esbuild made no output for ${source.entry}`);
  const ZipFile = zipFiles([['handler.js', bundle.contents]]);
  // A deploy or a save meanwhile would publish, or would lose, what is in `$LATEST` for this moment.
  const published = await withStageLock(connection, async () => {
    // Only now: the lock may have been waited for, while another run deployed.
    const place = await packageIn(connection, source);
    await (await openMaps(connection, place.bucket)).write(code, map);
    const latest = await client.send(new sdk.GetFunctionConfigurationCommand({ FunctionName }));
    const variables = latest.Environment?.Variables ?? {};
    const configure = async (Variables: Record<string, string>): Promise<void> => {
      await client.send(new sdk.UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }));
    };
    try {
      await configure({ ...variables, [releaseVariable]: code.slice(0, shortRelease) });
      return await client.send(new sdk.UpdateFunctionCodeCommand({ FunctionName, ZipFile, Publish: true }));
    } finally {
      const kept = { S3Bucket: place.bucket, S3Key: place.key };
      await client.send(new sdk.UpdateFunctionCodeCommand({ FunctionName, ...kept }));
      await configure(variables);
    }
  });
  const version = published.Version ?? '';
  return {
    version,
    remove: async () => {
      await client.send(new sdk.DeleteFunctionCommand({ FunctionName, Qualifier: version }));
    },
  };
}

/** Where the package is that the stack has of a function. @throws Failure where that is none of the bucket's */
async function packageIn(connection: Connection, { logicalId, name }: FunctionSource): Promise<PackagePlace> {
  const recorded = (await readStack(connection))?.record?.functions.get(logicalId);
  const place = recorded && packagePlace(recorded);
  if (!place) throw new Failure(`${name} runs no package of the bucket.`, 'Deploy it first: npm run deploy.');
  return place;
}
