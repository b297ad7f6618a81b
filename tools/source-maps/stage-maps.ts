import { TraceMap } from '@jridgewell/trace-mapping';
import type { StackRecord } from '../plan/record.ts';
import { bucketOf, deployedRecords } from '../rollback/find-earlier.ts';
import { asking, type Connection } from '../stack/connection.ts';
import { codeAt, findCode, type ReleasedCode } from './find-code.ts';
import { openMaps, type MapStore } from './map-store.ts';
import type { FindMap } from './symbolicate.ts';

/** Answers, for a release of a function, where its maps are; undefined where nothing says what that release was. */
export type StageMaps = (functionName: string, release: string | undefined) => Promise<FindMap | undefined>;

/** The source maps of what runs in a stage, and of what ran there; each is read once, when it is first asked for. */
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

  const recordedOrKept = async (functionName: string, release: string | undefined): Promise<ReleasedCode | undefined> =>
    (await codeOf(connection, record, functionName, release)) ??
    (await rehearsed(store, record, functionName, release));

  return async (functionName, release) => {
    const key = `${functionName} ${release ?? ''}`;
    const found = releases.get(key) ?? recordedOrKept(functionName, release);
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

/** What was never deployed, and so is in no record: its release is the beginning of its code, and it needs no layer. */
async function rehearsed(
  store: MapStore,
  record: StackRecord,
  functionName: string,
  release: string | undefined,
): Promise<ReleasedCode | undefined> {
  const running = findCode(record, functionName);
  if (running === undefined || release === undefined) return undefined;
  const code = [...(await store.list())].find((it) => it.startsWith(release));
  return code === undefined ? undefined : { file: running.file, code, layer: undefined };
}
