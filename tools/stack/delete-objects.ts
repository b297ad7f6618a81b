import type { S3Client } from '@aws-sdk/client-s3';
import { Failure } from '../lib/failure.ts';

/** What S3 takes in one call. (Amazon S3, DeleteObjects.) */
const objectsAtOnce = 1000;

/** Deletes objects of a bucket; one that is not there counts as deleted. @throws Failure for the first that S3 keeps */
export async function deleteObjects(
  client: S3Client,
  Bucket: string,
  keys: readonly string[],
  signal?: AbortSignal,
): Promise<void> {
  const { DeleteObjectsCommand } = await import('@aws-sdk/client-s3');
  for (let at = 0; at < keys.length; at += objectsAtOnce) {
    signal?.throwIfAborted();
    const Objects = keys.slice(at, at + objectsAtOnce).map((Key) => ({ Key }));
    const { Errors = [] } = await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }));
    const [first] = Errors;
    if (first)
      throw new Failure(
        `S3 did not delete ${first.Key ?? 'an object'}: ${first.Message ?? 'no reason'}.`,
        'Do the same again.',
      );
  }
}
