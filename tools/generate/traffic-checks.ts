import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../lib/failure.ts';
import { isList, isObject, parseJson, type Json } from '../lib/json.ts';

/** The function that asks the others; its name is its folder's. */
export const trafficHook = 'traffic-hook';

/**
 * What `functions/traffic-hook` asks each function before its new version gets traffic, as its checks.json has it: of each
 * function's traffic-check.json, with its sample events written in.
 * @param functions name and folder of each
 * @throws Failure for a function without checks, and for checks that cannot be read
 */
export function trafficChecks(
  functions: readonly { readonly name: string; readonly folder: string }[],
  root: string,
): Record<string, Json> {
  const asked = functions.filter(({ name }) => name !== trafficHook);
  return Object.fromEntries(asked.map(({ name, folder }) => [name, readChecks(folder, root)]));
}

function readChecks(folder: string, root: string): Json {
  const checks = read(`${folder}/traffic-check.json`, root);
  if (!isList(checks) || checks.length === 0) {
    throw new Failure(
      `${folder}/traffic-check.json is no list of checks.`,
      'Look at functions/users/traffic-check.json.',
    );
  }
  return checks.map((check) => {
    if (!isObject(check) || typeof check['event'] !== 'string') return check;
    return { ...check, event: read(`${folder}/${check['event']}`, root) };
  });
}

function read(path: string, root: string): Json {
  try {
    return parseJson(readFileSync(join(root, path), 'utf8'));
  } catch (cause) {
    throw new Failure(
      `${path} is not there, or no JSON: nobody could tell whether a new version may get traffic.`,
      'Say what it is to answer: docs/guide/canary.md.',
      { cause },
    );
  }
}
