import { asking, s3Client, type Connection } from '../stack/connection.ts';
import { listObjects } from '../stack/list-objects.ts';
import { artifactPrefix } from '../template/preview-stage.ts';

/**
 * The source maps of a stage, in its part of the artifact bucket: `source-maps/<code>.json`, with the `code` of the stack's
 * record.
 */
export interface MapStore {
  /** The codes whose maps are there. */
  readonly list: () => Promise<ReadonlySet<string>>;
  readonly write: (code: string, map: string) => Promise<void>;
  /** Undefined where there is none. */
  readonly read: (code: string) => Promise<string | undefined>;
}

/** Opens the maps in a bucket. */
export async function openMaps(connection: Connection, Bucket: string): Promise<MapStore> {
  const { GetObjectCommand, NoSuchKey, PutObjectCommand } = await import('@aws-sdk/client-s3');
  const client = await s3Client(connection);
  const folder = `${artifactPrefix(connection.stage)}source-maps/`;
  const keyOf = (code: string): string => `${folder}${code}.json`;

  async function list(): Promise<ReadonlySet<string>> {
    const objects = await listObjects(client, Bucket, folder);
    return new Set(objects.map(({ key }) => key.slice(folder.length).replace(/\.json$/, '')));
  }

  return {
    list: () => asking(connection, list()),
    write: async (code, map) => {
      const object = { Bucket, Key: keyOf(code), Body: map, ContentType: 'application/json' };
      await asking(connection, client.send(new PutObjectCommand(object)));
    },
    read: async (code) => {
      try {
        const { Body } = await asking(connection, client.send(new GetObjectCommand({ Bucket, Key: keyOf(code) })));
        return await Body?.transformToString();
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw error;
      }
    },
  };
}
