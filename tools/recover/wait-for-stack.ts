import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from '../stack/connection.ts';
import { readOperation } from '../stack/read-operation.ts';
import { readStatus } from './read-situation.ts';
import { stackState } from './stack-states.ts';

/** Milliseconds between two questions to CloudFormation, which limits them in an account. */
const accountPause = 5_000;
const localPause = 100;

export interface WaitForStackOptions {
  readonly signal?: AbortSignal;
  /** Gets what happens to each resource meanwhile: `Queue UPDATE_IN_PROGRESS`. */
  readonly onEvent: (line: string) => void;
}

/** Waits until CloudFormation works on the stack no more, or has deleted it. */
export async function waitForStack(connection: Connection, { signal, onEvent }: WaitForStackOptions): Promise<void> {
  const pause = connection.endpoint === undefined ? accountPause : localPause;
  const told = new Set<string>();
  for (;;) {
    const status = await readStatus(connection);
    if (status === undefined || stackState(status).remedy !== 'wait') return;
    const events = await readOperation(connection, connection.stage.stackName, (it) => it === status);
    for (const { EventId = '', LogicalResourceId = '', ResourceStatus = '' } of events.reverse()) {
      if (!told.has(EventId)) onEvent(`${LogicalResourceId} ${ResourceStatus}`);
      told.add(EventId);
    }
    await sleep(pause, undefined, signal ? { signal } : {});
  }
}
