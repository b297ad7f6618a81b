import { warn } from '../lib/log.ts';
import { describeLine } from '../report/describe-logs.ts';
import type { StageMaps } from '../source-maps/stage-maps.ts';
import { symbolicate } from '../source-maps/symbolicate.ts';
import { correlationsOf } from './log-filter.ts';
import type { LogLine } from './log-line.ts';
import { lineReader } from './line-reader.ts';
import type { LogEvent } from './read-log-events.ts';
import { stackOf } from './stack-of.ts';
import type { StageFunction } from './stage-functions.ts';

export interface Printing {
  readonly functions: readonly StageFunction[];
  readonly maps: StageMaps;
  /** One object a line, in place of text. */
  readonly json: boolean;
  /** Lines as they were read. */
  readonly raw: boolean;
}

/**
 * Makes what prints log lines to stdout, as they come. Of a release that nothing is known of, the stacks are left as they
 * are, and that is said once.
 */
export function printLines({ functions, maps, json, raw }: Printing) {
  const names = new Map(functions.map(({ functionName, name }) => [functionName, name]));
  const nameOf = (functionName: string): string => names.get(functionName) ?? functionName;
  const style = { width: Math.max(...functions.map(({ name }) => name.length)), nameOf };
  const read = lineReader();
  const unknown = new Set<string>();

  async function inSources(line: LogLine): Promise<string | undefined> {
    const stack = stackOf(line);
    if (stack === undefined) return undefined;
    const findMap = await maps(line.functionName, line.release);
    if (findMap !== undefined) return await symbolicate(stack, findMap);
    const release = `${nameOf(line.functionName)} ${line.release ?? ''}`;
    if (!unknown.has(release)) warn(`No source maps of ${release}: its stacks are as they were logged.`);
    unknown.add(release);
    return stack;
  }

  return async (events: readonly LogEvent[], isWanted: (line: LogLine) => boolean): Promise<void> => {
    for (const line of read(events).filter(isWanted)) {
      const stack = raw ? undefined : await inSources(line);
      const text = json
        ? JSON.stringify(asData(line, stack, nameOf))
        : raw
          ? rawLine(line, style)
          : describeLine(line, stack, style);
      process.stdout.write(`${text}\n`);
    }
  };
}

const rawLine = (line: LogLine, { width, nameOf }: { width: number; nameOf: (name: string) => string }): string =>
  `${nameOf(line.functionName).padEnd(width)} ${line.raw}`;

function asData(line: LogLine, stack: string | undefined, nameOf: (name: string) => string) {
  const { functionName, at, level, message, requestId, release, fields } = line;
  const time = new Date(at).toISOString();
  const correlations = correlationsOf(line);
  return { time, function: nameOf(functionName), level, message, requestId, release, correlations, fields, stack };
}
