import { stringify } from 'yaml';
import { replaceMarked } from '../generate/marked-block.ts';
import type { JsonObject } from '../lib/json.ts';

const marks = {
  file: 'template.yaml',
  begin: '# Models: written by `npm run aviary -- generate`',
  end: '# End of models',
  what: 'the models of the API',
};

/**
 * The template with the gateway's models between their two marks; as it is where it has no marks.
 * @throws Failure where the second mark is missing
 */
export function renderModels(template: string, models: JsonObject): string {
  const block = Object.keys(models).length === 0 ? '' : stringify({ Models: models }, { lineWidth: 0 });
  return replaceMarked(template, marks, block);
}
