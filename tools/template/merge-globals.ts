import { isList, isObject, type Json, type JsonObject } from '../lib/json.ts';

/** The section of `Globals` that speaks for a resource type. */
const sections: Readonly<Record<string, string>> = {
  'AWS::Serverless::Function': 'Function',
  'AWS::Serverless::Api': 'Api',
  'AWS::Serverless::HttpApi': 'HttpApi',
  'AWS::Serverless::SimpleTable': 'SimpleTable',
  'AWS::Serverless::StateMachine': 'StateMachine',
  'AWS::Serverless::LayerVersion': 'LayerVersion',
  'AWS::Serverless::CapacityProvider': 'CapacityProvider',
};

/**
 * The resource's block with `Globals` written into its properties, by SAM's rules: maps are merged, lists are
 * concatenated (global first), any other value is the resource's own where it has one.
 * `IgnoreGlobals` leaves out all (`*`) or the named ones. (SAM specification, "Globals section", "Overridable and
 * inheritable", and "Resource attributes".)
 */
export function mergeGlobals(block: JsonObject, globals: JsonObject): JsonObject {
  const { IgnoreGlobals: ignored, ...rest } = block;
  const section = typeof block['Type'] === 'string' ? sections[block['Type']] : undefined;
  const defaults = section === undefined ? undefined : globals[section];
  if (!isObject(defaults) || ignored === '*') return rest;
  const names = isList(ignored) ? ignored : [];
  const inherited = Object.entries(defaults).filter(([name]) => !names.includes(name));
  return { ...rest, Properties: merge(Object.fromEntries(inherited), block['Properties'] ?? {}) };
}

function merge(global: Json, local: Json): Json {
  if (isList(global) && isList(local)) return [...global, ...local];
  if (!isObject(global) || !isObject(local) || isIntrinsic(global) || isIntrinsic(local)) return local;
  const merged: Record<string, Json> = { ...global };
  for (const [key, value] of Object.entries(local)) {
    const inherited = global[key];
    merged[key] = inherited === undefined ? value : merge(inherited, value);
  }
  return merged;
}

/** `{Ref: …}` and `{Fn::…: …}` are values, not maps to merge into. */
function isIntrinsic(value: JsonObject): boolean {
  const [key = '', ...others] = Object.keys(value);
  return others.length === 0 && (key === 'Ref' || key.startsWith('Fn::'));
}
