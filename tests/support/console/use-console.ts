import { startConsole, type Console } from '../../../tools/console/console-server.ts';
import { stageChanges } from '../../../tools/console/stage-changes.ts';
import type { Stage } from '../aviary-stage.ts';
import { ConsoleClient } from './client.ts';

type Changes = ReturnType<typeof stageChanges>;

/** Serves the console of a stage. @param port 0 for any */
export async function consoleOf(stage: Stage, changes: Changes, port = 0): Promise<Console> {
  return await startConsole({ connection: stage.connection, api: await stage.apiUrl(), changes }, port);
}

/** A console, and one who asks it as its page does. */
export interface ServedConsole {
  readonly console: Console;
  readonly page: ConsoleClient;
}

/** Gives the test file the console of its stage; from its first test on. */
export function useConsole(stage: () => Stage, changes = stageChanges()): () => ServedConsole {
  let served: ServedConsole | undefined;
  beforeAll(async () => {
    const console = await consoleOf(stage(), changes);
    served = { console, page: new ConsoleClient(console) };
  });
  afterAll(() => served?.console.stop());
  return () => {
    if (served === undefined) throw new Error('The console is there in a test or a later hook.');
    return served;
  };
}
