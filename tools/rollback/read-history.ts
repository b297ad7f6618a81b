import { Failure } from '../lib/failure.ts';
import { run } from '../lib/process.ts';
import { packagePlace, type RecordedFunction } from '../plan/record.ts';
import { asking, s3Client, type Connection } from '../stack/connection.ts';
import { readStack } from '../stack/read-stack.ts';
import { deployedRecords } from './find-earlier.ts';
import { runningFunction } from './running-function.ts';

/** A release that ran. */
export interface Past {
  readonly release: string;
  readonly commit: string;
  /** sha256 of its package; null where plain SAM zipped it. */
  readonly package: string | null;
  /** Whether its template is still in the artifact bucket, so that it can be gone back to. */
  readonly kept: boolean;
  /** How it ended: it `runs` still, another was deployed, or it was taken back by a rollback. */
  readonly end: 'runs' | 'replaced' | 'taken back';
  /** The release that was taken back for it; null for a deploy. */
  readonly rolledBackFrom: string | null;
}

/** What the artifact bucket and this clone know of it besides. */
export interface PastDetails extends Past {
  /** When it was first deployed, ISO 8601; null where no template of it is left. */
  readonly at: string | null;
  /** Size of its package; null where it is gone. */
  readonly bytes: number | null;
  /** Who wrote the commit; null where this clone does not have it. */
  readonly author: string | null;
}

/** Steps back at most; a loop would need two releases that are each other's predecessors. */
const longest = 1000;

/**
 * What a function has run, the newest first. Each record names the release before it, and CloudFormation keeps only
 * records of what ran; so a failed deploy is not in here.
 * @throws Failure for an unknown name
 */
export async function readHistory(connection: Connection, name: string): Promise<PastDetails[]> {
  const record = (await readStack(connection))?.record;
  if (!record) throw new Failure(`No function ${name} runs in ${connection.stage.name}.`, 'Nothing is deployed there.');
  const running = runningFunction(record, name);
  const kept = new Map<string, RecordedFunction>();
  const firstAt = new Map<string, Date>();
  const collect = async (): Promise<void> => {
    for await (const { deployed, at } of deployedRecords(connection, record)) {
      const then = deployed.functions.get(running.logicalId);
      if (!then) continue;
      if (!kept.has(then.release)) kept.set(then.release, then);
      // The newest come first, so the last that is seen is the first that was deployed.
      firstAt.set(then.release, at);
    }
  };
  await asking(connection, collect());
  const sizes = await sizesOf(connection, [...kept.values(), running]);
  return await Promise.all(
    chain(running, kept).map(async (past) => ({
      ...past,
      at: firstAt.get(past.release)?.toISOString() ?? null,
      bytes: sizes.get(past.release) ?? null,
      author: await authorOf(connection.root, past.commit),
    })),
  );
}

/**
 * Follows `previous` from what runs. Where something was taken back, that comes first, with what ran between it and the
 * release that it gave way to.
 */
export function chain(running: RecordedFunction, kept: ReadonlyMap<string, RecordedFunction>): Past[] {
  const pasts: Past[] = [];
  const seen = new Set<string>();
  const takenBack = new Set<string>();
  const open = [running.release];
  for (let next = open.pop(); next !== undefined && pasts.length < longest; next = open.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    const then: RecordedFunction | undefined = next === running.release ? running : kept.get(next);
    pasts.push({
      release: next,
      commit: then?.commit ?? 'unknown',
      package: then?.package ?? null,
      kept: kept.has(next),
      end: next === running.release ? 'runs' : takenBack.has(next) ? 'taken back' : 'replaced',
      rolledBackFrom: then?.rolledBackFrom ?? null,
    });
    if (then?.previous !== undefined) open.push(then.previous);
    if (then?.rolledBackFrom !== undefined) {
      takenBack.add(then.rolledBackFrom);
      open.push(then.rolledBackFrom);
    }
  }
  return pasts;
}

/** Bytes of the package of each release that is still in its bucket. */
async function sizesOf(connection: Connection, releases: readonly RecordedFunction[]): Promise<Map<string, number>> {
  const { HeadObjectCommand, NotFound } = await import('@aws-sdk/client-s3');
  const client = await s3Client(connection);
  const sizes = new Map<string, number>();
  const measure = async (it: RecordedFunction): Promise<void> => {
    const place = packagePlace(it);
    if (!place) return;
    try {
      const { ContentLength } = await client.send(new HeadObjectCommand({ Bucket: place.bucket, Key: place.key }));
      if (ContentLength !== undefined) sizes.set(it.release, ContentLength);
    } catch (error) {
      if (!(error instanceof NotFound)) throw error;
    }
  };
  await asking(connection, Promise.all(releases.map(measure)));
  return sizes;
}

async function authorOf(root: string, commit: string): Promise<string | null> {
  const [id = ''] = commit.split('-');
  if (!/^[0-9a-f]{40}$/.test(id)) return null;
  const { code, stdout } = await run('git', ['show', '--no-patch', '--format=%an', id], { cwd: root });
  return code === 0 ? stdout.trim() : null;
}
