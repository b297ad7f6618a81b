import { closest } from 'fastest-levenshtein';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Failure } from '../lib/failure.ts';
import { isObject, parseJson, stringAt, type JsonObject } from '../lib/json.ts';

/** A sample event: a file of `functions/<name>/events`. */
export interface Sample {
  /** The file, without its ending. */
  readonly name: string;
  readonly event: JsonObject;
  /** Whether it reads alone: a request of the API that is a GET. Of any other event that cannot be told. */
  readonly isReading: boolean;
  /** Whether the function is to fail on it: its name ends with `-refused`. */
  readonly isRefused: boolean;
}

/** Where the samples of a function are, from the root. */
export const samplesFolder = (functionName: string): string => `functions/${functionName}/events`;

/** All sample events of a function, in the order of their names; none where it has no folder of them. */
export function readSamples(root: string, functionName: string): Sample[] {
  const folder = join(root, samplesFolder(functionName));
  const files = filesIn(folder).filter((file) => file.endsWith('.json'));
  return files.sort().flatMap((file) => {
    const event = parseJson(readFileSync(join(folder, file), 'utf8'));
    if (!isObject(event)) return [];
    const name = basename(file, '.json');
    return [{ name, event, isReading: stringAt(event, 'httpMethod') === 'GET', isRefused: name.endsWith('-refused') }];
  });
}

/**
 * The sample that is meant, else of those that succeed the first that reads alone, else the first.
 * @throws Failure where there is none, or none of that name, with the nearest
 */
export function findSample(root: string, functionName: string, wanted?: string): Sample {
  const samples = readSamples(root, functionName);
  const good = samples.filter(({ isRefused }) => !isRefused);
  const found =
    wanted === undefined
      ? (good.find(({ isReading }) => isReading) ?? good[0])
      : samples.find(({ name }) => name === wanted);
  if (found !== undefined) return found;
  const names = samples.map(({ name }) => name);
  const near = wanted === undefined || names.length === 0 ? '' : `Did you mean ${closest(wanted, names)}? `;
  throw new Failure(
    `${functionName} has no sample event${wanted === undefined ? '' : ` ${wanted}`}.`,
    names.length === 0
      ? `Put one into ${samplesFolder(functionName)}: npm run aviary -- test-event new ${functionName} NAME.`
      : `${near}There are ${names.join(', ')}.`,
  );
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
