import { parse } from '@shared/validation/parse';
import type { ProcessorDependencies } from './dependencies.ts';
import { activity, command, type Activity, type Command } from './schema.ts';

/** What became of an event; `timestamp` is when it was processed, ISO 8601 in UTC. */
export interface ProcessResult {
  readonly id: string;
  readonly name?: string;
  readonly status: 'created' | 'updated' | 'deleted';
  readonly timestamp: string;
}

type Outcome = Omit<ProcessResult, 'timestamp'>;

const named = (name: string | undefined): { name?: string } => (name === undefined ? {} : { name });

function runCommand({ action, data }: Command, newId: () => string): Outcome {
  switch (action) {
    case 'create':
      return { id: data.id ?? newId(), ...named(data.name), status: 'created' };
    case 'update':
      return { id: data.id, ...named(data.name), status: 'updated' };
    case 'delete':
      return { id: data.id, ...named(data.name), status: 'deleted' };
  }
}

/** An activity updates what is known of its user. */
const recordActivity = ({ userId }: Activity): Outcome => ({ id: userId, status: 'updated' });

const isActivity = (event: unknown): boolean => typeof event === 'object' && event !== null && 'userId' in event;

/**
 * Processes one event: a command `{action, data, source?}`, or an activity, told by its `userId`.
 * @throws {ValidationError} listing the fields of an event that is neither
 */
export function processEvent(event: unknown, { now, newId }: ProcessorDependencies): ProcessResult {
  // Told apart before they are parsed: the errors then speak of the one shape that was meant.
  const outcome = isActivity(event) ? recordActivity(parse(activity, event)) : runCommand(parse(command, event), newId);
  return { ...outcome, timestamp: now().toISOString() };
}
