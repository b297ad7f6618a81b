import { Failure } from '../lib/failure.ts';
import type { S3Client } from '@aws-sdk/client-s3';
import { objectAt, stringAt, type JsonObject } from '../lib/json.ts';
import { packagePlace, readRecord, type RecordedFunction, type StackRecord } from '../plan/record.ts';
import { shortRelease } from '../plan/recorded-block.ts';
import { asking, s3Client, type Connection } from '../stack/connection.ts';
import { listObjects, type StoredObject } from '../stack/list-objects.ts';
import { joinTemplates, placedStacks } from '../stacks/join-templates.ts';
import { artifactPrefix } from '../template/preview-stage.ts';
import { parseTemplate } from '../template/read-template.ts';

/** A function to take back, and to where. */
export interface Wish {
  readonly running: RecordedFunction;
  /** A release, or its first digits. */
  readonly release: string;
}

/**
 * Looks for earlier releases in the templates that deploys left in the artifact bucket, the newest first.
 * @returns the function as it was then, by logical id
 * @throws Failure that names the functions of which the release is nowhere
 */
export async function findEarlier(
  connection: Connection,
  record: StackRecord,
  wishes: readonly Wish[],
): Promise<Map<string, RecordedFunction>> {
  const open = new Map(wishes.map((wish) => [wish.running.logicalId, wish]));
  const found = new Map<string, RecordedFunction>();
  const search = async (): Promise<void> => {
    for await (const { deployed } of deployedRecords(connection, record)) {
      takeFound(deployed, open, found);
      if (open.size === 0) return;
    }
  };
  await asking(connection, search());
  if (open.size > 0) {
    const missing = [...open.values()].map(
      ({ running, release }) => `${running.name} ${release.slice(0, shortRelease)}`,
    );
    throw new Failure(
      `The artifact bucket has no template with ${missing.join(', ')}.`,
      `Name another release: npm run aviary -- history <function> --stage ${connection.stage.name}.`,
    );
  }
  return found;
}

/** Moves what a record has from `open`, by logical id, to `found`. */
export function takeFound(
  { functions }: StackRecord,
  open: Map<string, Wish>,
  found: Map<string, RecordedFunction>,
): void {
  for (const [logicalId, { release }] of [...open]) {
    const earlier = functions.get(logicalId);
    if (!earlier?.release.startsWith(release)) continue;
    found.set(logicalId, earlier);
    open.delete(logicalId);
  }
}

/** A template that a deploy left. */
export interface Deployed {
  readonly key: string;
  readonly deployed: StackRecord;
  /** When it was uploaded. */
  readonly at: Date;
}

/**
 * The records in the templates that deploys of this stage left, the newest first.
 * @param objects what the bucket has, where that has been listed already
 */
export async function* deployedRecords(
  connection: Connection,
  record: StackRecord,
  objects?: readonly StoredObject[],
): AsyncGenerator<Deployed> {
  const client = await s3Client(connection);
  const bucket = bucketOf(record);
  const read = templateReader(client, bucket);
  const templates = (objects ?? (await listObjects(client, bucket, artifactPrefix(connection.stage))))
    .filter(({ key }) => key.endsWith('.template'))
    .sort((one, other) => other.at.getTime() - one.at.getTime());
  for (const { key, at } of templates) {
    const root = await read(key);
    // Templates of nested stacks are here too, and those of other stages where they share a bucket.
    const own = objectAt(root, 'Metadata')['Aviary'];
    if (root === undefined || stringAt(own, 'stage') !== record.stage) continue;
    const parts = [...placedStacks(root)].map(async ([id, url]) => [id, await read(keyOf(url, bucket))] as const);
    const nested = (await Promise.all(parts)).flatMap(([id, it]) => (it ? [[id, it] as const] : []));
    // One of which a part is gone does not say what ran.
    if (nested.length < parts.length) continue;
    yield { key, deployed: readRecord(joinTemplates(root, Object.fromEntries(nested)), key), at };
  }
}

/** Reads templates by their keys, each once: most parts are the same in many roots. Undefined for one that is gone. */
function templateReader(client: S3Client, bucket: string): (key: string) => Promise<JsonObject | undefined> {
  const known = new Map<string, Promise<JsonObject | undefined>>();
  const read = async (key: string): Promise<JsonObject | undefined> => {
    const { GetObjectCommand, NoSuchKey } = await import('@aws-sdk/client-s3');
    try {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      return parseTemplate((await Body?.transformToString()) ?? '', key);
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  };
  return (key) => {
    const found = known.get(key) ?? read(key);
    known.set(key, found);
    return found;
  };
}

/** The key in the address of an object: the bucket is the first part of the path, or of the host. */
function keyOf(url: string, bucket: string): string {
  const path = decodeURIComponent(new URL(url).pathname.slice(1));
  return path.startsWith(`${bucket}/`) ? path.slice(bucket.length + 1) : path;
}

/** The bucket that the deployed functions are in. @throws Failure where none is in one */
export function bucketOf({ functions }: StackRecord): string {
  for (const it of functions.values()) {
    const place = packagePlace(it);
    if (place) return place.bucket;
  }
  throw new Failure('No deployed function names a bucket.', 'Deploy first.');
}
