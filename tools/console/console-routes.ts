import * as z from 'zod';
import { findNamed } from '../config/find-named.ts';
import { compareStage } from '../stack/compare-stage.ts';
import type { Connection } from '../stack/connection.ts';
import { readSamples } from '../samples/read-samples.ts';
import { readSources } from '../template/read-sources.ts';
import type { SampleEvent } from './api.ts';
import { drawGraph } from './draw-graph.ts';
import { invoke } from './invoke.ts';
import { readStageView } from './read-stage.ts';
import { readAs } from './read-body.ts';
import type { Routes } from './routes.ts';

/** The stage that a console shows. */
export interface ConsoleStage {
  readonly connection: Connection;
  /** Where its API answers; undefined where there is none. */
  readonly api: string | undefined;
}

const json = z.json();

/** What the page asks for; see api.ts. */
export function consoleRoutes({ connection }: ConsoleStage): Routes {
  return {
    'GET /console/stage': () => readStageView(connection),
    'GET /console/graph': async () => {
      const { tree, plan } = await compareStage(connection);
      return drawGraph(tree, plan);
    },
    'GET /console/functions/:name/samples': ({ part }) => Promise.resolve(samplesOf(connection, part('name'))),
    'POST /console/invocations': async (call) => {
      const asked = await readAs(call, z.strictObject({ function: z.string(), event: json }));
      return await invoke(connection, asked.function, asked.event);
    },
  };
}

function samplesOf({ root, stage }: Connection, name: string): SampleEvent[] {
  return readSamples(root, findNamed('function', name, readSources(root, stage).functions).name);
}
