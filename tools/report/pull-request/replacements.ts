import { canonical, isList, objectAt, stringAt, type JsonObject } from '../../lib/json.ts';
import { blocksOf, type Templates } from './templates.ts';

/** A resource that CloudFormation makes anew, or deletes; with it goes what it holds. */
export interface Replacement {
  /** `infra/data.yaml Table`. */
  readonly where: string;
  readonly type: string;
  /** The properties that cannot be changed in place, or `Type`; empty where the resource is deleted. */
  readonly properties: readonly string[];
}

/** Made anew by each deploy, and nothing is lost with them. */
const passing = /^AWS::(Lambda::(Version|LayerVersion|Permission)|ApiGateway::Deployment)$/;

/**
 * What a change replaces or deletes.
 * @param createOnly of each resource type the properties whose change replaces the resource
 */
export function replacements(before: Templates, after: Templates, createOnly: JsonObject): Replacement[] {
  const wanted = blocksOf(after);
  return [...blocksOf(before)].flatMap(([where, old]): Replacement[] => {
    const type = stringAt(old, 'Type') ?? '';
    if (passing.test(type)) return [];
    const block = wanted.get(where);
    if (block === undefined) return [{ where, type, properties: [] }];
    if (block['Type'] !== old['Type']) return [{ where, type, properties: ['Type'] }];
    const fixed = createOnly[type];
    const [a, b] = [objectAt(old, 'Properties'), objectAt(block, 'Properties')];
    const properties = (isList(fixed) ? fixed : [])
      .map(String)
      .filter((name) => canonical(a[name] ?? null) !== canonical(b[name] ?? null));
    return properties.length === 0 ? [] : [{ where, type, properties }];
  });
}
