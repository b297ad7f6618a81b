import { stringify } from 'yaml';
import type { JsonObject } from '../lib/json.ts';

/** Where the document is kept, from the root. */
export const openApiFile = 'docs/openapi.yaml';

const head =
  '# Written by `npm run aviary -- generate`, from functions/*/openapi.ts: do not edit. npm run check holds it to them.\n';

/** The OpenAPI document as YAML. */
export function renderOpenApi(document: JsonObject): string {
  return head + stringify(document, { lineWidth: 110, aliasDuplicateObjects: false });
}
