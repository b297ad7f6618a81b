import type { S3Client } from '@aws-sdk/client-s3';

/** An object of a bucket. */
export interface StoredObject {
  readonly key: string;
  readonly bytes: number;
  readonly at: Date;
}

/** Every object of a bucket, or those whose keys begin with a prefix. */
export async function listObjects(client: S3Client, Bucket: string, Prefix?: string): Promise<StoredObject[]> {
  const { paginateListObjectsV2 } = await import('@aws-sdk/client-s3');
  const found: StoredObject[] = [];
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket, Prefix })) {
    for (const { Key: key, Size: bytes = 0, LastModified: at } of Contents) {
      if (key !== undefined && at !== undefined) found.push({ key, bytes, at });
    }
  }
  return found;
}
