import { isDeepStrictEqual } from 'node:util';
import { objectAt, stringsOf, type JsonObject } from '../lib/json.ts';
import { splitTemplate } from './split-template.ts';

/**
 * A placed template that says which of its nested stacks are as they are deployed, under `Metadata.Aviary.unchanged`: those keep the
 * template that they have in the artifact bucket, and SAM neither reads nor uploads them.
 * @param deployed the template that is deployed, flat, as it was joined; undefined for the first deploy
 */
export function keepUnchanged(template: JsonObject, deployed: JsonObject | undefined): JsonObject {
  const metadata = objectAt(template, 'Metadata');
  const { unchanged: _unchanged, templates: _templates, ...own } = objectAt(metadata, 'Aviary');
  const bare = { ...template, Metadata: { ...metadata, Aviary: own } };
  const addresses = stringsOf(objectAt(objectAt(deployed, 'Metadata'), 'Aviary')['templates']);
  if (deployed === undefined || Object.keys(addresses).length === 0) return bare;
  const [now, then] = [splitTemplate(bare).nested, splitTemplate(deployed).nested];
  const same = Object.entries(addresses).filter(([stack]) => {
    const [wanted, there] = [now[stack], then[stack]];
    return wanted !== undefined && isDeepStrictEqual(wanted, there);
  });
  return { ...bare, Metadata: { ...metadata, Aviary: { ...own, unchanged: Object.fromEntries(same) } } };
}

/** The addresses of the templates of stacks that are as they are deployed, by logical id. */
export function unchangedParts(template: JsonObject): Record<string, string> {
  return stringsOf(objectAt(objectAt(template, 'Metadata'), 'Aviary')['unchanged']);
}
