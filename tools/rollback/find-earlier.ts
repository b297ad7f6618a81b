import { Failure } from '../lib/failure.ts';
import { isObject, objectAt } from '../lib/json.ts';
import { packagePlace, readRecord, type RecordedFunction, type StackRecord } from '../plan/record.ts';
import { shortRelease } from '../plan/recorded-block.ts';
import { asking, s3Client, type Connection } from '../stack/connection.ts';
import { listObjects, type StoredObject } from '../stack/list-objects.ts';
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
  const { GetObjectCommand } = await import('@aws-sdk/client-s3');
  const client = await s3Client(connection);
  const bucket = bucketOf(record);
  const templates = (objects ?? (await listObjects(client, bucket)))
    .filter(({ key }) => key.endsWith('.template'))
    .sort((one, other) => other.at.getTime() - one.at.getTime());
  for (const { key, at } of templates) {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    const template = parseTemplate((await Body?.transformToString()) ?? '', key);
    // Templates of nested stacks are here too, and those of other stages where they share a bucket.
    if (!isObject(objectAt(template, 'Metadata')['Aviary'])) continue;
    const deployed = readRecord(template, key);
    if (deployed.stage === record.stage) yield { key, deployed, at };
  }
}

/** The bucket that the deployed functions are in. @throws Failure where none is in one */
export function bucketOf({ functions }: StackRecord): string {
  for (const it of functions.values()) {
    const place = packagePlace(it);
    if (place) return place.bucket;
  }
  throw new Failure('No deployed function names a bucket.', 'Deploy first.');
}
