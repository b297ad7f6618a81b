import { isList, isObject, objectAt, stringAt, type Json, type JsonObject } from '../lib/json.ts';

/** A call that an invocation made, as X-Ray has it. */
export interface Call {
  /** `DynamoDB PutItem`; of what is not AWS, its host. */
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly from: number;
  /** Milliseconds; undefined where it has no end yet. */
  readonly duration: number | undefined;
  readonly failed: boolean;
}

/**
 * The calls in a segment of a function, at any depth, in the order in which they began. (AWS X-Ray, "Segment documents":
 * times are in seconds; `namespace` is `aws` for a call of the SDK and `remote` for any other.)
 * @param document of a segment; one of another origin than a function has none
 */
export function callsIn(document: Json): Call[] {
  if (stringAt(document, 'origin') !== 'AWS::Lambda::Function') return [];
  return subsegments(document).sort((one, other) => one.from - other.from);
}

function subsegments(of: Json): Call[] {
  const below = isObject(of) ? of['subsegments'] : undefined;
  return (isList(below) ? below : []).filter(isObject).flatMap((it) => [...callOf(it), ...subsegments(it)]);
}

function callOf(subsegment: JsonObject): Call[] {
  const { namespace, start_time: start, end_time: end } = subsegment;
  if ((namespace !== 'aws' && namespace !== 'remote') || typeof start !== 'number') return [];
  const operation = stringAt(objectAt(subsegment, 'aws'), 'operation');
  return [
    {
      name: [stringAt(subsegment, 'name') ?? 'unknown', ...(operation === undefined ? [] : [operation])].join(' '),
      from: start * 1_000,
      duration: typeof end === 'number' ? (end - start) * 1_000 : undefined,
      failed: ['error', 'fault', 'throttle'].some((flag) => subsegment[flag] === true),
    },
  ];
}
