import { TraceMap } from '@jridgewell/trace-mapping';
import type { StackRecord } from '../plan/record.ts';
import { bucketOf, deployedRecords } from '../rollback/find-earlier.ts';
import { asking, type Connection } from '../stack/connection.ts';
import { codeAt, findCode, type ReleasedCode } from './find-code.ts';
import { findUnrecorded } from './find-unrecorded.ts';
import { openMaps } from './map-store.ts';
import type { FindMap } from './symbolicate.ts';

/** Answers, for a release of a function, where its maps are; undefined where nothing says what that release was. */
export type StageMaps = (functionName: string, release: string | undefined) => Promise<FindMap | undefined>;

/**
 * The source maps of what runs in a stage, and of what ran there; each is read once, when it is first asked for. Of the local
 * stage also those of what a save or a rehearsal has run.
 */
export async function stageMaps(connection: Connection, record: StackRecord): Promise<StageMaps> {
  const store = await openMaps(connection, bucketOf(record));
  const maps = new Map<string, Promise<TraceMap | undefined>>();
  const releases = new Map<string, Promise<ReleasedCode | undefined>>();

  async function readMap(code: string): Promise<TraceMap | undefined> {
    const text = await store.read(code);
    return text === undefined ? undefined : new TraceMap(text);
  }

  function mapOf(code: string): Promise<TraceMap | undefined> {
    const found = maps.get(code) ?? readMap(code);
    maps.set(code, found);
    return found;
  }

  async function find(functionName: string, release: string | undefined): Promise<ReleasedCode | undefined> {
    const recorded = await codeOf(connection, record, functionName, release);
    if (recorded !== undefined || release === undefined || connection.endpoint === undefined) return recorded;
    const found = await findUnrecorded(connection, store, functionName, release);
    for (const [code, map] of found?.maps ?? []) maps.set(code, Promise.resolve(new TraceMap(map)));
    return found?.code;
  }

  return async (functionName, release) => {
    const key = `${functionName} ${release ?? ''}`;
    const found = releases.get(key) ?? find(functionName, release);
    releases.set(key, found);
    const code = await found;
    if (code === undefined) return undefined;
    return async (path) => {
      const of = codeAt(code, path);
      return of === undefined ? undefined : await mapOf(of);
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
  if (running?.layer !== undefined) return running;
  const search = async (): Promise<ReleasedCode | undefined> => {
    for await (const { deployed } of deployedRecords(connection, record)) {
      const found = findCode(deployed, functionName, release);
      if (found?.layer !== undefined) return found;
    }
    return running;
  };
  return await asking(connection, search());
}
