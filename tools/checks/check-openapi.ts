import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openApiFile } from '../openapi/render-openapi.ts';

/** What the schema of OpenAPI 3.1 says against the document; empty where all is well, or where there is none. */
export async function checkOpenApi(root: string): Promise<string> {
  const file = join(root, openApiFile);
  if (!existsSync(file)) return '';
  const { Validator } = await import('@seriousme/openapi-schema-validator');
  const { valid, errors } = await new Validator().validate(file);
  return valid ? '' : `${openApiFile} is no OpenAPI document: ${JSON.stringify(errors)}`;
}
