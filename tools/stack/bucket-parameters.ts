import { textOf, type JsonObject } from '../lib/json.ts';
import type { Connection } from './connection.ts';
import { ensureLocalBucket, localBucket } from './local-bucket.ts';
import { bootstrapParameters } from './read-bootstrap.ts';

/**
 * Where `sam deploy` uploads to, and as whom CloudFormation works, as `[<stage>.deploy.parameters]` of samconfig.
 * @param parameters of the template
 * @throws Failure as {@link bootstrapParameters}
 */
export async function bucketParameters(connection: Connection, parameters: JsonObject): Promise<JsonObject> {
  if (connection.endpoint === undefined) return await bootstrapParameters(connection, parameters);
  const bucket = localBucket(textOf(parameters['App'] ?? 'aviary'), connection.stage);
  await ensureLocalBucket(connection, bucket);
  return { s3_bucket: bucket, resolve_s3: false };
}
