import { closest } from 'fastest-levenshtein';
import { Failure } from '../lib/failure.ts';
import type { DeadLetters } from './dead-letters.ts';

/**
 * The queue of a function that is asked for; a function with several needs the queue's name as well.
 * @throws Failure where there is none, or more than one; it names those that there are
 */
export function chooseDeadLetters(
  known: readonly DeadLetters[],
  name: string | undefined,
  queueName: string | undefined,
): DeadLetters {
  const names = [...new Set(known.map((it) => it.name))];
  if (names.length === 0) throw new Failure('No function has a dead-letter queue.', 'Give one a DeadLetterQueue.');
  const ofFunction = known.filter((it) => it.name === name);
  if (name === undefined || ofFunction.length === 0) {
    const next = name === undefined ? '' : `Did you mean ${closest(name, names)}? `;
    throw new Failure(
      name === undefined ? 'Of which function?' : `${name} has no dead-letter queue.`,
      `${next}There are ${names.join(', ')}.`,
    );
  }
  const [chosen, ...others] = ofFunction.filter((it) => queueName === undefined || it.queueName === queueName);
  const queues = ofFunction.map((it) => it.queueName).join(', ');
  if (chosen === undefined)
    throw new Failure(`${name} has no dead-letter queue ${String(queueName)}.`, `It has ${queues}.`);
  if (others.length > 0)
    throw new Failure(`${name} has several dead-letter queues.`, `Say which by --queue: ${queues}.`);
  return chosen;
}
