import type { Json, JsonObject } from '../../lib/json.ts';

/**
 * Parses what the server has sent, or a person's JSON as {@link Json}. The caller says what it is: server and page are of one
 * build, and share ../api.ts.
 * @throws SyntaxError
 */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- as said above
export function parse<T>(text: string): T {
  // eslint-disable-next-line @typescript-eslint/no-unsafe-return -- as said above
  return JSON.parse(text);
}

/** True for a map. (That of the tools is in a module that needs Node.js.) */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Text as JSON where it is some, else as it is. */
export function jsonOr(text: string): Json {
  try {
    return parse<Json>(text);
  } catch {
    return text;
  }
}
