import { isObject, objectAt, stringAt } from '../lib/json.ts';
import { apiUrl } from '../stack/check-health.ts';
import type { Connection } from '../stack/connection.ts';
import { readStack } from '../stack/read-stack.ts';
import { functionNameOf } from '../template/function-name.ts';

/** A function of the local stage, and how to reach it. */
export interface LocalFunction {
  readonly name: string;
  readonly release: string;
  /** Its name in Lambda. */
  readonly functionName: string;
  /** Its routes; empty where it has none and is invoked. */
  readonly urls: readonly { readonly method: string; readonly url: string }[];
  /** Where Lambda takes an event for it: `POST`, the event as the body. */
  readonly invokeUrl: string;
}

/** The functions that the local stack runs, in the order of the template. */
export async function localFunctions(
  connection: Connection,
  outputs: Readonly<Record<string, string>>,
): Promise<LocalFunction[]> {
  const stack = await readStack(connection);
  const base = apiUrl(connection, outputs) ?? '';
  return [...(stack?.record?.functions.values() ?? [])].map(({ name, release, block }) => {
    const properties = objectAt(block, 'Properties');
    const functionName = functionNameOf({ name, block });
    const urls = Object.values(objectAt(properties, 'Events')).flatMap((event) => {
      const method = stringAt(objectAt(event, 'Properties'), 'Method');
      const path = stringAt(objectAt(event, 'Properties'), 'Path');
      const isRoute = isObject(event) && event['Type'] === 'Api' && method !== undefined && path !== undefined;
      return isRoute ? [{ method: method.toUpperCase(), url: `${base}${path}` }] : [];
    });
    const invokeUrl = `${connection.endpoint ?? ''}/2015-03-31/functions/${functionName}:live/invocations`;
    return { name, release, functionName, urls, invokeUrl };
  });
}
