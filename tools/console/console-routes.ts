import * as z from 'zod';
import { findNamed } from '../config/find-named.ts';
import { readSamples } from '../samples/read-samples.ts';
import { compareStage } from '../stack/compare-stage.ts';
import type { Connection } from '../stack/connection.ts';
import { readSources } from '../template/read-sources.ts';
import type { SampleEvent } from './api.ts';
import { listDeadLetters, purgeDeadLetters, replayDeadLetters, showDeadLetters } from './dead-letters.ts';
import { drawGraph } from './draw-graph.ts';
import { listFlags, setFlag } from './flags.ts';
import { invoke } from './invoke.ts';
import { readAs } from './read-body.ts';
import { readStageView } from './read-stage.ts';
import { isStoreKind, listStores, readStorePage } from './read-stores.ts';
import { readBranches, readRequests } from './read-traces.ts';
import { Refusal } from './refusal.ts';
import type { Call, Routes } from './routes.ts';
import { streamChanges, type StageChanges } from './stage-changes.ts';
import { streamLogs } from './stream-logs.ts';
import { streamRehearsal } from './stream-rehearsal.ts';

/** The stage that a console shows. */
export interface ConsoleStage {
  readonly connection: Connection;
  /** Where its API answers; undefined where there is none. */
  readonly api: string | undefined;
  readonly changes: StageChanges;
}

/** Milliseconds that are looked back, where it is not said since when. */
const back = { logs: 10 * 60_000, traces: 24 * 3600_000 };

const bodies = {
  invoke: z.strictObject({ function: z.string(), event: z.json() }),
  replay: z.strictObject({ dryRun: z.boolean(), force: z.boolean() }),
  flag: z.strictObject({ on: z.boolean() }),
  rehearse: z.strictObject({ function: z.string(), traffic: z.int().min(1).max(10_000) }),
};

/** What the page asks for; see api.ts. */
export function consoleRoutes({ connection, changes }: ConsoleStage): Routes {
  return {
    'GET /console/stage': () => readStageView(connection),
    'GET /console/graph': async () => {
      const { tree, plan } = await compareStage(connection);
      return drawGraph(tree, plan);
    },
    'GET /console/functions/:name/samples': ({ part }) => Promise.resolve(samplesOf(connection, part('name'))),
    'POST /console/invocations': async (call) => {
      const asked = await readAs(call, bodies.invoke);
      return await invoke(connection, asked.function, asked.event);
    },
    'GET /console/logs': (call) => streamLogs(connection, since(call, back.logs), call.signal),
    'GET /console/traces': (call) => readRequests(connection, since(call, back.logs)),
    'GET /console/traces/:correlation': (call) =>
      readBranches(connection, call.part('correlation'), since(call, back.traces)),
    'GET /console/stores': () => listStores(connection),
    'GET /console/stores/:kind/:name': async ({ part, query }) => {
      const kind = part('kind');
      if (!isStoreKind(kind)) throw new Refusal(404, `There is no kind ${kind}.`, 'Say table, queue, stream or topic.');
      return await readStorePage(connection, kind, part('name'), query.get('from') ?? undefined);
    },
    'GET /console/dead-letters': () => listDeadLetters(connection),
    'GET /console/dead-letters/:queue': ({ part }) => showDeadLetters(connection, part('queue')),
    'POST /console/dead-letters/:queue/replay': async (call) =>
      await replayDeadLetters(connection, call.part('queue'), await readAs(call, bodies.replay)),
    'POST /console/dead-letters/:queue/purge': ({ part }) => purgeDeadLetters(connection, part('queue')),
    'GET /console/flags': () => listFlags(connection),
    'POST /console/flags/:name': async (call) =>
      await setFlag(connection, call.part('name'), (await readAs(call, bodies.flag)).on),
    'POST /console/rehearsals': async (call) =>
      streamRehearsal(connection, await readAs(call, bodies.rehearse), call.signal),
    'GET /console/events': ({ signal }) => streamChanges(connection, changes, signal),
  };
}

function samplesOf({ root, stage }: Connection, name: string): SampleEvent[] {
  return readSamples(root, findNamed('function', name, readSources(root, stage).functions).name);
}

/** `?since=`, in milliseconds since 1970. @throws Refusal for what is no time */
function since({ query }: Call, ago: number): number {
  const text = query.get('since');
  if (text === null) return Date.now() - ago;
  const time = Date.parse(text);
  if (!Number.isNaN(time)) return time;
  throw new Refusal(400, `${text} is no time.`, 'Say one such as 2026-01-31T12:00:00Z.');
}
