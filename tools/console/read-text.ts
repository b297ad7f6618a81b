import { parseJson, type Json } from '../lib/json.ts';

/** JSON as data, and any other text as it is. */
export function readText(text: string): Json {
  try {
    return parseJson(text);
  } catch {
    return text;
  }
}
