import { stringify } from 'yaml';
import { Failure } from '../lib/failure.ts';
import type { JsonObject } from '../lib/json.ts';

const begin = '# Models: written by `npm run aviary -- generate`';
const end = '# End of models';

/**
 * The template with the gateway's models between their two marks; as it is where it has no marks.
 * @throws Failure where the second mark is missing
 */
export function renderModels(template: string, models: JsonObject): string {
  const lines = template.split('\n');
  const first = lines.findIndex((line) => line.trim().startsWith(begin));
  if (first < 0) return template;
  const last = lines.findIndex((line, at) => at > first && line.trim() === end);
  if (last < 0) throw new Failure(`template.yaml has no line "${end}".`, 'Put it where the models of the API end.');
  const indent = (lines[first] ?? '').replace(/\S.*$/, '');
  const block = Object.keys(models).length === 0 ? '' : stringify({ Models: models }, { lineWidth: 0 });
  const indented = block
    .split('\n')
    .filter(Boolean)
    .map((line) => indent + line);
  return [...lines.slice(0, first + 1), ...indented, ...lines.slice(last)].join('\n');
}
