import { isObject, objectAt, stringAt, type Json, type JsonObject } from '../lib/json.ts';

/**
 * What `sam build` has to read of a composed template: all but the functions whose package is in a bucket. It reads and writes
 * each of hundreds, and builds none of them.
 */
export function partToBuild(template: JsonObject): JsonObject {
  const all = Object.entries(objectAt(template, 'Resources'));
  const part = all.filter(([, block]) => !isInBucket(block));
  // SAM takes no template without resources.
  return part.length === 0 ? template : { ...template, Resources: Object.fromEntries(part) };
}

/** A composed template with what `sam build` made of its part. */
export function withBuilt(template: JsonObject, built: JsonObject): JsonObject {
  return { ...template, Resources: { ...objectAt(template, 'Resources'), ...objectAt(built, 'Resources') } };
}

function isInBucket(block: Json): boolean {
  if (!isObject(block) || block['Type'] !== 'AWS::Serverless::Function') return false;
  return stringAt(block['Properties'], 'CodeUri')?.startsWith('s3://') === true;
}
