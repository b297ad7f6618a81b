import { asking, s3Client, type Connection } from '../stack/connection.ts';

/** The source maps of a stage, in its artifact bucket: `source-maps/<first digits of the sha256 of the file>.json`. */
export interface MapStore {
  /** The hashes of the files whose maps are there. */
  readonly list: () => Promise<ReadonlySet<string>>;
  readonly write: (hash: string, map: string) => Promise<void>;
  /** Undefined where there is none. */
  readonly read: (hash: string) => Promise<string | undefined>;
}

const folder = 'source-maps/';
const keyOf = (hash: string): string => `${folder}${hash}.json`;

/** Opens the maps in a bucket. */
export async function openMaps(connection: Connection, Bucket: string): Promise<MapStore> {
  const { GetObjectCommand, NoSuchKey, paginateListObjectsV2, PutObjectCommand } = await import('@aws-sdk/client-s3');
  const client = await s3Client(connection);

  async function list(): Promise<ReadonlySet<string>> {
    const hashes = new Set<string>();
    for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket, Prefix: folder })) {
      for (const { Key = '' } of Contents) hashes.add(Key.slice(folder.length).replace(/\.json$/, ''));
    }
    return hashes;
  }

  return {
    list: () => asking(connection, list()),
    write: async (hash, map) => {
      const object = { Bucket, Key: keyOf(hash), Body: map, ContentType: 'application/json' };
      await asking(connection, client.send(new PutObjectCommand(object)));
    },
    read: async (hash) => {
      try {
        const { Body } = await asking(connection, client.send(new GetObjectCommand({ Bucket, Key: keyOf(hash) })));
        return await Body?.transformToString();
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw error;
      }
    },
  };
}
