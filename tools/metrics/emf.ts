import { isList, isObject, objectAt, parseJson, stringAt, stringsOf, type Json, type JsonObject } from '../lib/json.ts';
import type { Datapoint } from './datapoint.ts';

/**
 * The datapoints of a log line in the embedded metric format; none of any other line. Each set of dimensions is a metric
 * of its own, and a list of values so many datapoints. (CloudWatch User Guide, "Specification: Embedded metric format".)
 */
export function emfDatapoints(line: string): Datapoint[] {
  if (!line.includes('"CloudWatchMetrics"')) return [];
  const blob = parseLine(line);
  const at = objectAt(blob, '_aws')['Timestamp'];
  if (typeof at !== 'number') return [];
  return listAt(objectAt(blob, '_aws'), 'CloudWatchMetrics').flatMap((directive) =>
    listAt(directive, 'Dimensions').flatMap((names) =>
      listAt(directive, 'Metrics').flatMap((metric) => {
        const name = stringAt(metric, 'Name') ?? '';
        const strings = stringsOf(blob);
        const dimensions = Object.fromEntries(
          (isList(names) ? names.map(String) : []).map((it) => [it, strings[it] ?? '']),
        );
        const namespace = stringAt(directive, 'Namespace') ?? '';
        const unit = stringAt(metric, 'Unit') ?? 'None';
        return numbersOf(blob[name]).map((value) => ({ namespace, name, dimensions, at, value, unit }));
      }),
    ),
  );
}

function parseLine(line: string): JsonObject {
  try {
    const value = parseJson(line);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

function listAt(value: Json, key: string): readonly Json[] {
  const member = isObject(value) ? value[key] : undefined;
  return isList(member) ? member : [];
}

function numbersOf(value: Json | undefined): number[] {
  return (isList(value) ? value : [value]).filter((it) => typeof it === 'number');
}
