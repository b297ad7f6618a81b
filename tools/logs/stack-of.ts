import { isList, isObject, parseJson, stringAt, textOf, type Json, type JsonObject } from '../lib/json.ts';
import type { LogLine } from './log-line.ts';

/**
 * The stack of what a line reports, with those of its causes below it; undefined where it has none. It stands in the field
 * `error` of the product's logger, in Lambda's own line of an invocation that failed, or in the text.
 */
export function stackOf({ kind, fields, message }: LogLine): string | undefined {
  if (kind === 'log') return isObject(fields['error']) ? chain(fields['error']) : undefined;
  if (kind !== 'text') return undefined;
  const thrown = invokeError(message);
  if (thrown === undefined) return /\n\s+at /.test(message) ? message : undefined;
  return isList(thrown['stack']) ? thrown['stack'].map(textOf).join('\n') : undefined;
}

/** As Powertools writes it: `{name, message, stack, cause}`. */
function chain(error: JsonObject): string {
  const head = `${stringAt(error, 'name') ?? 'Error'}: ${stringAt(error, 'message') ?? ''}`;
  const own = stringAt(error, 'stack') ?? head;
  const { cause } = error;
  return [own, ...causeLines(cause)].join('\n');
}

function causeLines(cause: Json | undefined): string[] {
  if (isObject(cause)) return [`caused by ${chain(cause)}`];
  return typeof cause === 'string' ? [`caused by ${cause}`] : [];
}

/** `<time> <request id> ERROR Invoke Error {"errorType", "errorMessage", "stack": […]}` (the Node.js runtime of Lambda). */
function invokeError(text: string): JsonObject | undefined {
  const [, json] = /\tERROR\t(?:Invoke|Uncaught) \w+\s*\t(\{.*\})\s*$/s.exec(text) ?? [];
  if (json === undefined) return undefined;
  try {
    const value = parseJson(json);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
