import type { Stage } from '../template/read-stages.ts';
import { regionSuffix } from '../template/stage-in-region.ts';
import { asking, s3Client, type Connection } from './connection.ts';

/** MiniStack's account. */
const localAccount = '000000000000';

/** `<app>-artifacts-<stage>-<account>`, as in an account; previews share one. */
export function localBucket(app: string, stage: Pick<Stage, 'block' | 'region' | 'homeRegion'>): string {
  return `${app}-artifacts-${stage.block}-${localAccount}${regionSuffix(stage)}`;
}

/** Makes the bucket of the local cloud where it is not there yet. */
export async function ensureLocalBucket(connection: Connection, bucket: string): Promise<void> {
  const { CreateBucketCommand, BucketAlreadyOwnedByYou } = await import('@aws-sdk/client-s3');
  const client = await s3Client(connection);
  const make = async (): Promise<void> => {
    try {
      await client.send(new CreateBucketCommand({ Bucket: bucket }));
    } catch (error) {
      if (!(error instanceof BucketAlreadyOwnedByYou)) throw error;
    }
  };
  await asking(connection, make());
}
