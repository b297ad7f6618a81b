import { isObject, parseJson, stringAt, type JsonObject } from '../lib/json.ts';
import { levels, type Level } from './log-level.ts';
import type { LogLine } from './log-line.ts';
import type { LogEvent } from './read-log-events.ts';

/** What is known of an execution environment, which writes one stream and serves one invocation at a time. */
interface Environment {
  requestId?: string | undefined;
  release?: string | undefined;
}

/** AWS Lambda, "Using Lambda function logs": what it writes itself, in its text format. */
const platform = /^(?:INIT_START|START|END|REPORT|EXTENSION|TELEMETRY|RESTORE_START|RESTORE_REPORT)\b/;
const request = /^(START|END|REPORT) RequestId: (\S+)/;
const failure = /\bError\b|\tERROR\t|Task timed out|^\w*Error:/;

/**
 * Makes what reads log lines, in the order in which they come: which invocation and release a line of text is of is told by
 * the lines of its stream before it. Lines of a stack that came one by one are one line.
 */
export function lineReader(): (events: readonly LogEvent[]) => LogLine[] {
  const environments = new Map<string, Environment>();
  return (events) => {
    const lines = joinStacks(events).map((event) => {
      const environment = environments.get(event.stream) ?? {};
      environments.set(event.stream, environment);
      return readLine(event, environment);
    });
    return lines.sort((one, other) => one.at - other.at);
  };
}

/** The local cloud gives each line of a text by itself. */
function joinStacks(events: readonly LogEvent[]): LogEvent[] {
  const joined: LogEvent[] = [];
  const last = new Map<string, number>();
  for (const event of events) {
    const index = last.get(event.stream) ?? -1;
    const before = joined[index];
    const goesOn = /^\s+at |^\s*\[cause\]:/.test(event.message) && before?.at === event.at;
    if (goesOn) joined[index] = { ...before, message: `${before.message}\n${event.message}` };
    else last.set(event.stream, joined.push(event) - 1);
  }
  return joined;
}

function readLine(event: LogEvent, environment: Environment): LogLine {
  const { functionName, message: raw } = event;
  const fields = readJson(raw);
  const [, word, id] = request.exec(raw) ?? [];
  if (word === 'START') environment.requestId = id;
  environment.release = stringAt(fields, 'release') ?? environment.release;
  const requestId = stringAt(fields, 'function_request_id') ?? id ?? environment.requestId;
  const { release } = environment;
  if (word === 'REPORT') environment.requestId = undefined;
  const common = { functionName, at: event.at, fields: fields ?? {}, requestId, release, raw };
  if (fields === undefined) {
    if (platform.test(raw)) return { ...common, kind: 'platform', level: 'INFO', message: raw };
    return { ...common, kind: 'text', level: levelOfText(raw), message: raw };
  }
  if (fields['_aws'] !== undefined) return { ...common, kind: 'metrics', level: 'INFO', message: raw };
  const at = Date.parse(stringAt(fields, 'timestamp') ?? '');
  return {
    ...common,
    kind: 'log',
    at: Number.isNaN(at) ? event.at : at,
    level: fields['level'] === 'CRITICAL' ? 'ERROR' : (levels.find((it) => it === fields['level']) ?? 'INFO'),
    message: stringAt(fields, 'message') ?? raw,
  };
}

function readJson(text: string): JsonObject | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    const value = parseJson(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function levelOfText(text: string): Level {
  if (failure.test(text)) return 'ERROR';
  return /warning/i.test(text) ? 'WARN' : 'INFO';
}
