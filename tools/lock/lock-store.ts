import type { S3Client } from '@aws-sdk/client-s3';
import { asking, s3Client, type Connection } from '../stack/connection.ts';
import { readRun, type Run } from './run.ts';

/** A lock as it was read. */
export interface StoredLock {
  readonly run: Run;
  /** Changes with each write. */
  readonly etag: string;
  /** Seconds since it was written, by S3's clock alone: two machines need not agree on the time. */
  readonly age: number;
}

/**
 * One lock. Each write and the removal hold only where nobody else was faster: S3 compares and changes in one step.
 * (Amazon S3 User Guide, conditional requests.)
 */
export interface LockStore {
  /** Undefined where nobody has it. */
  read(): Promise<StoredLock | undefined>;
  /** Writes it where there is none (`etag` undefined), or only that one. @returns the new etag; undefined where it is another one by now */
  write(run: Run, etag: string | undefined): Promise<string | undefined>;
  /** Removes it, where it is still that one. */
  remove(etag: string): Promise<void>;
}

/** Where the lock of a stack is in its artifact bucket. */
export const lockKey = (stackName: string): string => `locks/${stackName}.json`;

/** The lock of the connection's stack. */
export async function openLock(connection: Connection, Bucket: string): Promise<LockStore> {
  const { DeleteObjectCommand, GetObjectCommand, NoSuchKey, PutObjectCommand } = await import('@aws-sdk/client-s3');
  const client = await s3Client(connection);
  const now = answeredAt(client);
  const place = { Bucket, Key: lockKey(connection.stage.stackName) };
  let writes = 0;
  return {
    read: async () => {
      try {
        const { Body, ETag = '', LastModified } = await asking(connection, client.send(new GetObjectCommand(place)));
        const age = (now() - (LastModified?.getTime() ?? now())) / 1000;
        return { run: readRun((await Body?.transformToString()) ?? ''), etag: ETag, age };
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw error;
      }
    },
    write: async (run, etag) => {
      writes += 1;
      // The count makes another etag of the same run.
      const Body = JSON.stringify({ ...run, writes });
      const condition = etag === undefined ? { IfNoneMatch: '*' } : { IfMatch: etag };
      const command = new PutObjectCommand({ ...place, ...condition, Body, ContentType: 'application/json' });
      return await unlessChanged(asking(connection, client.send(command)).then(({ ETag }) => ETag));
    },
    remove: async (etag) => {
      const command = new DeleteObjectCommand({ ...place, IfMatch: etag });
      await unlessChanged(asking(connection, client.send(command)));
    },
  };
}

/** Undefined where the condition does not hold: 412, 409 while another write is under way, or 404. */
async function unlessChanged<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    const name = error instanceof Error ? error.name : '';
    if (['PreconditionFailed', 'ConditionalRequestConflict', 'NoSuchKey'].includes(name)) return undefined;
    throw error;
  }
}

/** When S3 gave its last answer, by its own clock, in milliseconds. */
function answeredAt(client: S3Client): () => number {
  let date = Date.now();
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      date = Date.parse(dateIn(result.response)) || date;
      return result;
    },
    { step: 'deserialize' },
  );
  return () => date;
}

function dateIn(response: unknown): string {
  if (typeof response !== 'object' || response === null || !('headers' in response)) return '';
  const { headers } = response;
  if (typeof headers !== 'object' || headers === null || !('date' in headers)) return '';
  return String(headers.date);
}
