import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Failure } from '../lib/failure.ts';
import { isObject, parseJson, stringAt, type JsonObject } from '../lib/json.ts';

/** An event out of `functions/<name>/events`. */
export interface SampleEvent {
  /** The file, without its ending. */
  readonly name: string;
  readonly event: JsonObject;
  /** Whether it reads alone: a request of the API that is a GET. Of any other event that cannot be told. */
  readonly isReading: boolean;
}

/**
 * The sample event of a function that is meant, else the first that reads alone, else the first.
 * @throws Failure where there is none, or none of that name
 */
export function sampleEvent(root: string, functionName: string, wanted?: string): SampleEvent {
  const samples = readSamples(join(root, 'functions', functionName, 'events'));
  const names = samples.map(({ name }) => name).join(', ');
  const found =
    wanted === undefined
      ? (samples.find(({ isReading }) => isReading) ?? samples[0])
      : samples.find(({ name }) => name === wanted);
  if (found !== undefined) return found;
  throw new Failure(
    `${functionName} has no sample event${wanted === undefined ? '' : ` ${wanted}`}.`,
    names === '' ? `Put one into functions/${functionName}/events.` : `There are ${names}.`,
  );
}

function readSamples(folder: string): SampleEvent[] {
  const files = filesIn(folder).filter((file) => file.endsWith('.json') && !file.endsWith('-refused.json'));
  return files.sort().flatMap((file) => {
    const event = parseJson(readFileSync(join(folder, file), 'utf8'));
    if (!isObject(event)) return [];
    return [{ name: basename(file, '.json'), event, isReading: stringAt(event, 'httpMethod') === 'GET' }];
  });
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
