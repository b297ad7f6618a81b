import { RefusedTokenError } from './refused-token.ts';

/** Strings that are keys, other strings, and where an object begins and ends. */
const marks = /("(?:[^"\\]|\\.)*")\s*:|"(?:[^"\\]|\\.)*"|[{}]/g;

/** Says whether an object of the JSON, at any depth, has a key twice, however the key is spelled. */
function repeatsKey(json: string): boolean {
  const open: Set<unknown>[] = [];
  for (const [mark, key] of json.matchAll(marks)) {
    if (mark === '{') open.push(new Set());
    else if (mark === '}') open.pop();
    else if (key !== undefined) {
      const name: unknown = JSON.parse(key);
      if (open.at(-1)?.has(name) === true) return true;
      open.at(-1)?.add(name);
    }
  }
  return false;
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    // The parser's message repeats the text.
    return undefined;
  }
}

/**
 * Reads the base64url JSON of a part of a token; undefined where it is none. JSON.parse keeps the last of two members of one
 * name in silence, where another reader may keep the first (RFC 7519, 4, lets a token be refused for it).
 * @throws {RefusedTokenError} where a name stands twice
 */
export function readUniqueJson(part: string): unknown {
  const json = Buffer.from(part, 'base64url').toString();
  const value = parse(json);
  if (value !== undefined && repeatsKey(json)) throw new RefusedTokenError('a name that stands twice');
  return value;
}
