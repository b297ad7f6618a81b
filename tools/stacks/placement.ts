import { Failure } from '../lib/failure.ts';
import { isList, objectAt, stringAt, type Json, type JsonObject } from '../lib/json.ts';

/** Which resources live in which nested stack: logical ids, by the logical id of the stack. All others live in the root. */
export type Placement = Readonly<Record<string, readonly string[]>>;

/** What a template says of the placement of its resources, under `Metadata.Aviary.stacks`. */
export function placementOf(template: JsonObject): Placement {
  const stacks = objectAt(objectAt(objectAt(template, 'Metadata'), 'Aviary'), 'stacks');
  const texts = (ids: Json): string[] => (isList(ids) ? ids.filter((id) => typeof id === 'string') : []);
  return Object.fromEntries(Object.entries(stacks).map(([stack, ids]) => [stack, texts(ids)]));
}

/** Whether a template has resources that live in nested stacks. */
export const isPlaced = (template: JsonObject): boolean => Object.keys(placementOf(template)).length > 0;

/** The template with its placement in it, and nothing of the one that it was deployed with. */
export function withPlacement(template: JsonObject, placement: Placement): JsonObject {
  const metadata = objectAt(template, 'Metadata');
  const { stacks: _stacks, templates: _templates, unchanged: _unchanged, ...own } = objectAt(metadata, 'Aviary');
  const placed = Object.keys(placement).length === 0 ? {} : { stacks: placement };
  return { ...template, Metadata: { ...metadata, Aviary: { ...own, ...placed } } };
}

/** The stack of each resource that lives in a nested one. */
export function homesOf(placement: Placement): Map<string, string> {
  return new Map(Object.entries(placement).flatMap(([stack, ids]) => ids.map((id) => [id, stack] as const)));
}

/**
 * The stack that a function asks for by `Metadata: Aviary: Domain: orders`, without a number; undefined where it asks for none.
 * @throws Failure for a domain that gives no logical id
 */
export function domainStack(logicalId: string, block: JsonObject): string | undefined {
  const own = objectAt(objectAt(block, 'Metadata'), 'Aviary');
  if (own['Domain'] === undefined) return undefined;
  const domain = stringAt(own, 'Domain') ?? '';
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(domain)) {
    throw new Failure(
      `template.yaml: ${logicalId} has a Domain that is no name: ${JSON.stringify(own['Domain'])}.`,
      'Take small letters and digits, with dashes between words, such as Domain: orders.',
    );
  }
  const words = domain.split('-').map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`);
  return `${words.join('')}Domain`;
}
