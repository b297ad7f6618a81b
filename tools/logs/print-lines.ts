import { printableLines } from '../lib/printable.ts';
import { describeLine } from '../report/describe-logs.ts';
import type { ReadStack } from './stacks-in-sources.ts';
import { lineData } from './line-data.ts';
import type { LogLine } from './log-line.ts';
import { lineReader } from './line-reader.ts';
import type { LogEvent } from './read-log-events.ts';
import { namesOf, type StageFunction } from './stage-functions.ts';

export interface Printing {
  readonly functions: readonly StageFunction[];
  readonly stackOf: ReadStack;
  /** One object a line, in place of text. */
  readonly json: boolean;
  /** Lines as they were read. */
  readonly raw: boolean;
}

/**
 * Makes what prints log lines to stdout, as they come.
 */
export function printLines({ functions, stackOf, json, raw }: Printing) {
  const nameOf = namesOf(functions);
  const style = { width: Math.max(...functions.map(({ name }) => name.length)), nameOf };
  const read = lineReader();
  return async (events: readonly LogEvent[], isWanted: (line: LogLine) => boolean): Promise<void> => {
    for (const line of read(events).filter(isWanted)) {
      const stack = raw ? undefined : await stackOf(line);
      const text = json
        ? JSON.stringify(lineData(line, stack, nameOf))
        : raw
          ? rawLine(line, style)
          : describeLine(line, stack, style);
      process.stdout.write(`${text}\n`);
    }
  };
}

const rawLine = (line: LogLine, { width, nameOf }: { width: number; nameOf: (name: string) => string }): string =>
  `${nameOf(line.functionName).padEnd(width)} ${printableLines(line.raw).join('\n')}`;
