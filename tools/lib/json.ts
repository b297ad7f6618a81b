import { createHash } from 'node:crypto';

/** Plain data, as JSON and YAML hold it. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** True for a map, false for a list, a scalar or nothing. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !isList(value);
}

/** True for a list. (`Array.isArray` does not narrow a readonly array.) */
export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** The member, or an empty map where there is none or it is no map. */
export function objectAt(value: Json | undefined, key: string): JsonObject {
  const member = isObject(value) ? value[key] : undefined;
  return isObject(member) ? member : {};
}

/** The member where it is a string. */
export function stringAt(value: Json | undefined, key: string): string | undefined {
  const member = isObject(value) ? value[key] : undefined;
  return typeof member === 'string' ? member : undefined;
}

/** The members of a map whose values are all strings; others are left out. */
export function stringsOf(value: Json | undefined): Record<string, string> {
  const strings: Record<string, string> = {};
  for (const [key, member] of Object.entries(isObject(value) ? value : {}))
    if (typeof member === 'string') strings[key] = member;
  return strings;
}

/** A string as it is, other data as JSON: `300` for the number and for the text. */
export function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Equal data gives equal text: keys are sorted at every depth. */
export function canonical(value: Json): string {
  return JSON.stringify(inOrder(value));
}

function inOrder(value: Json): Json {
  if (isList(value)) return value.map(inOrder);
  if (!isObject(value)) return value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, inOrder(value[key] ?? null)]));
}

/** sha256 as 64 hexadecimal digits: of bytes or text as they are, of other data in its canonical form. */
export function sha256(value: Uint8Array | Json): string {
  const bytes = value instanceof Uint8Array || typeof value === 'string' ? value : canonical(value);
  return createHash('sha256').update(bytes).digest('hex');
}

/** Parses JSON text; throws SyntaxError. */
export function parseJson(text: string): Json {
  const value: unknown = JSON.parse(text);
  if (!isJson(value)) throw new SyntaxError('not JSON');
  return value;
}

/** True for plain data all the way down. */
export function isJson(value: unknown): value is Json {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return true;
  if (typeof value !== 'object') return false;
  return Array.isArray(value) ? value.every(isJson) : Object.values(value).every(isJson);
}
