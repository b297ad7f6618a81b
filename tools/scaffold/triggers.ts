import { closest } from 'fastest-levenshtein';
import { Failure } from '../lib/failure.ts';

/** What can make a function run, and what is said of it for people. */
export const triggers = {
  api: 'Answers a route of the API',
  sqs: 'Takes messages of a queue',
  sns: 'Takes messages of a topic',
  kinesis: 'Takes records of a stream',
  dynamodb: 'Takes changes of a table',
  schedule: 'Runs once a day',
  event: 'Takes events of the default event bus',
} as const;

export type Trigger = keyof typeof triggers;

const isTrigger = (value: string): value is Trigger => Object.hasOwn(triggers, value);

/** @throws Failure for another trigger than those of {@link triggers}, or none */
export function readTrigger(value: string | undefined): Trigger {
  const names = Object.keys(triggers);
  if (value === undefined) {
    throw new Failure('What makes the function run?', `Say it: --trigger ${names.join('|')}.`);
  }
  if (isTrigger(value)) return value;
  throw new Failure(
    `There is no trigger ${value}.`,
    `Did you mean ${closest(value, names)}? There are ${names.join(', ')}.`,
  );
}

/** The path of a route as the template writes it. @throws Failure for another */
export function readPath(path: string): string {
  if (/^(?:\/(?:[a-z0-9][a-z0-9-]*|\{[a-z][A-Za-z0-9]*\}))+$/.test(path)) return path;
  throw new Failure(`${path} is no path of a route.`, 'Take one such as /things or /things/{id}.');
}

/** The names of a path's parameters. */
export function pathParameters(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
}
