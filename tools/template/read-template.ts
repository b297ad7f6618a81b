import { readFileSync } from 'node:fs';
import { isAlias, isMap, isScalar, isSeq, parseDocument, type Document, type Node } from 'yaml';
import { Failure } from '../lib/failure.ts';
import { isObject, type Json, type JsonObject } from '../lib/json.ts';

/**
 * Reads a CloudFormation template: YAML 1.1 (as SAM and CloudFormation read it) or JSON. Short forms become long ones:
 * `!Ref X` is `{Ref: 'X'}`, `!GetAtt A.B` is `{'Fn::GetAtt': ['A', 'B']}`.
 * @throws Failure that names file, line and column where it is not YAML, or not a map
 */
export function parseTemplate(text: string, name: string): JsonObject {
  const document = parseDocument(text, {
    version: '1.1',
    logLevel: 'silent',
    // `Version: 2012-10-17` stays the text that policies want.
    customTags: (tags) => tags.filter((tag) => typeof tag === 'string' || tag.tag !== 'tag:yaml.org,2002:timestamp'),
  });
  const [error] = document.errors;
  if (error) {
    const at = error.linePos?.[0];
    const place = at ? `${name}:${at.line}:${at.col}` : name;
    const what = error.message.split('\n')[0] ?? 'not YAML';
    throw new Failure(`${place}: ${what}`, 'Mend the file and try again.');
  }
  const value = toPlain(document.contents, document);
  if (!isObject(value)) throw new Failure(`${name} is not a template.`, 'A template is a map with `Resources`.');
  return value;
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

function toPlain(node: unknown, document: Document): Json {
  if (isAlias(node)) return toPlain(node.resolve(document), document);
  const value = untagged(node, document);
  const tag = tagOf(node);
  if (tag === undefined) return value;
  if (tag === 'Ref' || tag === 'Condition') return { [tag]: value };
  if (tag === 'GetAtt' && typeof value === 'string') {
    const dot = value.indexOf('.');
    return { 'Fn::GetAtt': [value.slice(0, dot), value.slice(dot + 1)] };
  }
  return { [`Fn::${tag}`]: value };
}

function untagged(node: unknown, document: Document): Json {
  if (isMap(node)) {
    const entries = node.items.map(({ key, value }) => [keyText(key), toPlain(value, document)] as const);
    return Object.fromEntries(entries);
  }
  if (isSeq(node)) return node.items.map((item) => toPlain(item, document));
  if (!isScalar(node)) return null;
  const { value } = node;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return value === null || value === undefined ? null : JSON.stringify(value);
}

function keyText(key: unknown): string {
  return isScalar(key) ? String(key.value) : String(key);
}

/** The name of a short-form intrinsic, such as `Ref` for `!Ref`. */
function tagOf(node: unknown): string | undefined {
  const tag = isNodeWithTag(node) ? node.tag : undefined;
  return tag?.startsWith('!') === true && !tag.startsWith('!!') ? tag.slice(1) : undefined;
}

function isNodeWithTag(node: unknown): node is Node & { tag?: string } {
  return isMap(node) || isSeq(node) || isScalar(node);
}
