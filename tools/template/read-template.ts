import {
  defineMappingTag,
  defineScalarTag,
  defineSequenceTag,
  load,
  Schema,
  timestampTag,
  YAML11_SCHEMA,
  YAMLException,
} from 'js-yaml';
import { readFileSync } from 'node:fs';
import { Failure } from '../lib/failure.ts';
import { isJson, isObject, parseJson, type Json, type JsonObject } from '../lib/json.ts';

/**
 * Reads a CloudFormation template: YAML 1.1 (as SAM and CloudFormation read it) or JSON. Short forms become long ones:
 * `!Ref X` is `{Ref: 'X'}`, `!GetAtt A.B` is `{'Fn::GetAtt': ['A', 'B']}`.
 * @throws Failure that names file, line and column where it is not YAML, or not a map
 */
export function parseTemplate(text: string, name: string): JsonObject {
  try {
    const value: unknown = readJson(text) ?? load(text, { schema });
    if (isJson(value) && isObject(value)) return value;
  } catch (cause) {
    if (!(cause instanceof YAMLException)) throw cause;
    const place = cause.mark ? `:${cause.mark.line + 1}:${cause.mark.column + 1}` : '';
    throw new Failure(`${name}${place}: ${cause.reason}.`, 'Mend the file and try again.', { cause });
  }
  throw new Failure(`${name} is not a template.`, 'A template is a map with `Resources`.');
}

/** Reads a template from a file. @throws Failure as {@link parseTemplate}, and where the file cannot be read */
export function readTemplate(file: string, name: string = file): JsonObject {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new Failure(`${name} cannot be read.`, 'Run this in the root of the repository.', { cause });
  }
  return parseTemplate(text, name);
}

/** What takes a fraction of the time that YAML takes; undefined for text that is no JSON. SAM looks for JSON first, too. */
function readJson(text: string): Json | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

/** `!Name value` in its long form. */
function longForm(tag: string, value: Json): JsonObject {
  const name = tag.slice(1);
  if (name === 'Ref' || name === 'Condition') return { [name]: value };
  if (name === 'GetAtt' && typeof value === 'string') {
    const dot = value.indexOf('.');
    return { 'Fn::GetAtt': [value.slice(0, dot), value.slice(dot + 1)] };
  }
  return { [`Fn::${name}`]: value };
}

const shortForm = { matchByTagPrefix: true, identify: () => false };
interface Carrier<T> {
  readonly tag: string;
  readonly members: T;
}
const schema = new Schema([
  // Without timestamps, so that `Version: 2012-10-17` stays the text that policies want.
  ...YAML11_SCHEMA.tags.filter((tag) => tag !== timestampTag),
  defineScalarTag('!', { ...shortForm, resolve: (text, _explicit, tag) => longForm(tag, text) }),
  defineSequenceTag<Carrier<Json[]>, JsonObject>('!', {
    ...shortForm,
    create: (tag) => ({ tag, members: [] }),
    addItem: ({ members }, item) => {
      if (!isJson(item)) return 'not plain data';
      members.push(item);
      return undefined;
    },
    finalize: ({ tag, members }) => longForm(tag, members),
  }),
  defineMappingTag<Carrier<Map<string, Json>>, JsonObject>('!', {
    ...shortForm,
    create: (tag) => ({ tag, members: new Map() }),
    addPair: ({ members }, key, value) => {
      if (!isJson(value)) return 'not plain data';
      members.set(String(key), value);
      return '';
    },
    has: ({ members }, key) => members.has(String(key)),
    keys: (result) => Object.keys(result),
    get: (result, key) => result[String(key)],
    finalize: ({ tag, members }) => longForm(tag, Object.fromEntries(members)),
  }),
]);
