import { TraceMap } from '@jridgewell/trace-mapping';
import type { StackRecord } from '../plan/record.ts';
import { deployedRecords } from '../rollback/find-earlier.ts';
import { artifactBucket } from '../stack/artifact-bucket.ts';
import { asking, type Connection } from '../stack/connection.ts';
import { hashLength } from './build-source-maps.ts';
import { findCode, hashOf, type ReleasedCode } from './find-code.ts';
import { openMaps } from './map-store.ts';
import type { FindMap } from './symbolicate.ts';

/** Answers, for a release of a function, where its maps are; undefined where nothing says what that release was. */
export type StageMaps = (functionName: string, release: string | undefined) => Promise<FindMap | undefined>;

/** The source maps of what runs in a stage, and of what ran there; each is read once, when it is first asked for. */
export async function stageMaps(connection: Connection, record: StackRecord): Promise<StageMaps> {
  const bucket = artifactBucket(record);
  const store = bucket === undefined ? undefined : await openMaps(connection, bucket);
  const maps = new Map<string, Promise<TraceMap | undefined>>();
  const releases = new Map<string, Promise<ReleasedCode | undefined>>();

  async function readMap(hash: string): Promise<TraceMap | undefined> {
    const text = await store?.read(hash);
    return text === undefined ? undefined : new TraceMap(text);
  }

  function mapOf(hash: string): Promise<TraceMap | undefined> {
    const found = maps.get(hash) ?? readMap(hash);
    maps.set(hash, found);
    return found;
  }

  return async (functionName, release) => {
    const key = `${functionName} ${release ?? ''}`;
    const found = releases.get(key) ?? codeOf(connection, record, functionName, release);
    releases.set(key, found);
    const code = await found;
    if (code === undefined) return undefined;
    return async (path) => {
      const hash = hashOf(code, path);
      return hash === undefined ? undefined : await mapOf(hash.slice(0, hashLength));
    };
  };
}

/** From the record of what runs, else from those that earlier deploys left, the newest first. */
async function codeOf(
  connection: Connection,
  record: StackRecord,
  functionName: string,
  release: string | undefined,
): Promise<ReleasedCode | undefined> {
  const running = findCode(record, functionName, release);
  if (running?.isWhole === true || artifactBucket(record) === undefined) return running;
  const search = async (): Promise<ReleasedCode | undefined> => {
    for await (const { deployed: earlier } of deployedRecords(connection, record)) {
      const found = findCode(earlier, functionName, release);
      if (found?.isWhole === true) return found;
    }
    return running;
  };
  return await asking(connection, search());
}
