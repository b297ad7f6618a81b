import { Failure } from '../lib/failure.ts';

/** The levels of the product's logs, from the least urgent. */
export const levels = ['DEBUG', 'INFO', 'WARN', 'ERROR'] as const;
export type Level = (typeof levels)[number];

/** Whether a level is the one that is asked for, or more urgent. */
export const isAsUrgent = (level: Level, as: Level): boolean => levels.indexOf(level) >= levels.indexOf(as);

/** Reads `--level`. @throws Failure for what is none */
export function readLevel(text: string): Level {
  const found = levels.find((level) => level === text.toUpperCase());
  if (found !== undefined) return found;
  throw new Failure(`There is no level ${text}.`, 'Say debug, info, warn or error.');
}
