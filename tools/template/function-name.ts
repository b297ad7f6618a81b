import { stringAt, type JsonObject } from '../lib/json.ts';

/** The name of a function in Lambda; its own where its block gives it none. */
export function functionNameOf({ block, name }: { readonly block: JsonObject; readonly name: string }): string {
  return stringAt(block['Properties'], 'FunctionName') ?? name;
}
