import type { HeldLock } from '../lock/held-lock.ts';
import { isDead, describeRun } from '../lock/run.ts';
import type { WaitOptions } from '../lock/take-lock.ts';
import type { Connection } from '../stack/connection.ts';
import { peekStageLock, withStageLock } from '../stack/stage-lock.ts';
import { decideRecovery, type Step, type Wishes } from './decide-recovery.ts';
import { readKept } from './read-failed.ts';
import { readSituation, readStackId } from './read-situation.ts';
import type { NamedResource, Situation } from './situation.ts';
import { takeStep } from './take-step.ts';
import type { WaitForStackOptions } from './wait-for-stack.ts';

export interface RecoverOptions extends Wishes, WaitOptions, WaitForStackOptions {
  /** False to look, and to wait, but to change nothing. */
  readonly yes: boolean;
  /** Says a step while it is taken. */
  readonly step: (title: string, work: () => Promise<void>) => Promise<void>;
}

export interface Recovery {
  readonly stage: string;
  /** As it is now. */
  readonly situation: Situation;
  /** Sentences of what was done. */
  readonly done: readonly string[];
  /** What is still to be done. */
  readonly open: readonly Step[];
  /** What the deleted stack has left in the account. */
  readonly kept: readonly NamedResource[];
  /** The run that has the lock of the stage, where that is why nothing was looked into. */
  readonly busy: string | null;
}

/** Brings a stage back to where it can be deployed to, and runs what its stack says; or says what would. */
export async function recoverStage(connection: Connection, options: RecoverOptions): Promise<Recovery> {
  const lock = await peekStageLock(connection);
  const dead = lock && isDead(lock.run, lock.age) ? describeRun(lock.run) : undefined;
  if (options.yes) {
    const done = dead === undefined ? [] : [`Took away the lock of a dead run: ${dead}.`];
    return await withStageLock(connection, (held) => recoverNow(connection, held, done, options), options);
  }
  if (lock && dead === undefined) return await busyWith(connection, describeRun(lock.run));
  const found = await recoverNow(connection, undefined, [], options);
  if (dead === undefined) return found;
  const take: Step = { act: 'takeLock', say: `Take away the lock of a dead run: ${dead}.` };
  return { ...found, open: [take, ...found.open] };
}

/** What a run changes just now is not to be taken for something to mend. */
async function busyWith(connection: Connection, busy: string): Promise<Recovery> {
  const situation = await readSituation(connection);
  return { stage: connection.stage.name, situation, done: [], open: [], kept: [], busy };
}

async function recoverNow(
  connection: Connection,
  lock: HeldLock | undefined,
  before: readonly string[],
  options: RecoverOptions,
): Promise<Recovery> {
  const done = [...before];
  const tried = new Set<string>();
  let deleted: string | undefined;
  for (;;) {
    const situation = await readSituation(connection);
    const open = decideRecovery(situation, options);
    const waits = open.every(({ act }) => act === 'wait');
    const text = JSON.stringify(open);
    // What was tried and is to be done again would go on so for ever.
    const isStuck = open.some(({ act }) => act === 'person') || (!waits && (!lock || tried.has(text)));
    if (open.length === 0 || isStuck) {
      const kept = deleted === undefined ? [] : await readKept(connection, deleted);
      return { stage: connection.stage.name, situation, done, open, kept, busy: null };
    }
    tried.add(text);
    for (const step of open) {
      await lock?.confirm();
      if (step.act === 'deleteStack') deleted = await readStackId(connection);
      await options.step(step.say.replace(/\.$/, ''), () => takeStep(connection, step, options));
      done.push(step.say);
    }
  }
}
