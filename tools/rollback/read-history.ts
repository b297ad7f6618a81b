import { Failure } from '../lib/failure.ts';
import { run } from '../lib/process.ts';
import type { Override } from '../plan/despite-alarm.ts';
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
  /** The alarm in spite of which it was deployed; null where there was none. */
  readonly despite: Override | null;
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

/** Releases at most. */
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
  const found: RecordedFunction[] = [];
  const firstAt = new Map<string, Date>();
  const collect = async (): Promise<void> => {
    for await (const { deployed, at } of deployedRecords(connection, record)) {
      const then = deployed.functions.get(running.logicalId);
      if (!then) continue;
      found.push(then);
      // The newest come first, so the last that is seen is the first that was deployed.
      firstAt.set(then.release, at);
    }
  };
  await asking(connection, collect());
  const newest = new Map([...found, running].reverse().map((it) => [it.release, it]));
  const sizes = await sizesOf(connection, [...newest.values()]);
  return await Promise.all(
    chain(running, found).map(async (past) => ({
      ...past,
      at: firstAt.get(past.release)?.toISOString() ?? null,
      bytes: sizes.get(past.release) ?? null,
      author: await authorOf(connection.root, past.commit),
    })),
  );
}

/**
 * Follows `previous` from what runs. Where something was taken back, that comes first, with what ran between it and the
 * release that it gave way to. A release that ran more than once had several before it: those of its last time come first.
 * @param kept the function as each template that is left has it, the newest first
 */
export function chain(running: RecordedFunction, kept: readonly RecordedFunction[]): Past[] {
  const times = Map.groupBy(kept, ({ release }) => release);
  const pasts: Past[] = [];
  const seen = new Set<string>();
  const takenBack = new Set<string>();
  const open = [running.release];
  for (let next = open.pop(); next !== undefined && pasts.length < longest; next = open.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    const found = times.get(next) ?? [];
    const all = next === running.release ? [running, ...found] : found;
    const [then] = all;
    pasts.push({
      release: next,
      commit: then?.commit ?? 'unknown',
      package: then?.package ?? null,
      kept: found.length > 0,
      end: next === running.release ? 'runs' : takenBack.has(next) ? 'taken back' : 'replaced',
      rolledBackFrom: then?.rolledBackFrom ?? null,
      despite: then?.despite ?? null,
    });
    if (then?.rolledBackFrom !== undefined) takenBack.add(then.rolledBackFrom);
    // What is pushed last comes next.
    for (const { previous, rolledBackFrom } of all.toReversed())
      open.push(...[previous, rolledBackFrom].filter((it) => it !== undefined));
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
