import { Failure } from '../lib/failure.ts';
import { objectAt, stringAt, type JsonObject } from '../lib/json.ts';
import { referencedBy } from '../template/reference-names.ts';
import { blocksOf, FillStacks } from './fill-stacks.ts';
import { apiEvents, apiOf, unmovable } from './move-routes.ts';
import { isFunction, ownResources } from './own-resources.ts';
import { domainStack, withPlacement } from './placement.ts';

/** The stacks that nobody named are `Functions2`, `Functions3` …; the root is the first. */
const automatic = 'Functions';

/**
 * Decides which resources of a composed template live in nested stacks, and writes it into the template. What is deployed
 * stays where it is, since CloudFormation would make it anew under the name that it has there. A new function goes into the
 * stack of the domain that it names; one that names none into the root while there is room, then into a stack of its own kind.
 * @param deployed the template that is deployed, flat; undefined for the first deploy
 * @throws Failure for a function that names a domain and has to live in the root, with the reason
 */
export function placeFunctions(template: JsonObject, deployed: JsonObject | undefined): JsonObject {
  const isDeployed = (id: string): boolean => objectAt(deployed, 'Resources')[id] !== undefined;
  const own = ownResources(template);
  const fresh = blocksOf(template).filter(([id, block]) => isFunction(block) && !isDeployed(id));
  const groups = new Map(fresh.map(([id]) => [id, [id, ...(own.get(id) ?? []).filter((it) => !isDeployed(it))]]));
  const stacks = new FillStacks(template, deployed, new Set([...groups.values()].flat()));
  const referred = referredFunctions(template);
  for (const [id, block] of fresh) {
    const group = groups.get(id) ?? [];
    const domain = domainStack(id, block);
    const reason = referred.has(id) ? 'other functions refer to it' : boundToRoot(block, template);
    const refused = domain === undefined ? undefined : (reason ?? stacks.circleOf(domain, group));
    if (refused !== undefined) {
      throw new Failure(
        `${id} cannot live in the stack of a domain: ${refused}.`,
        'Take the line Domain out of its Metadata in template.yaml.',
      );
    }
    if (domain !== undefined) stacks.putIntoStack(group, domain);
    else if (reason !== undefined) stacks.keepInRoot(group);
    else if (!stacks.putIntoRoot(group)) stacks.putIntoStack(group, automatic, 2);
  }
  for (const [id, ids] of own) stacks.follow(id, ids);
  return withPlacement(template, stacks.placement());
}

/** Why a function has to be in the template of the root; undefined where it has not. */
function boundToRoot(block: JsonObject, template: JsonObject): string | undefined {
  const properties = objectAt(block, 'Properties');
  const kinds = Object.values(objectAt(properties, 'Events')).map((event) => stringAt(event, 'Type') ?? '');
  const kind = kinds.find((type) => ['S3', 'HttpApi', 'Cognito'].includes(type));
  if (kind !== undefined) return `SAM wants what its ${kind} event is about in the same template`;
  if (block['Connectors'] !== undefined) return 'it has Connectors';
  const routes = apiEvents(block);
  if (routes.length > 0 && properties['AutoPublishAlias'] === undefined) return 'it has routes and no alias';
  const resources = objectAt(template, 'Resources');
  for (const route of routes) {
    const why = resources[apiOf(route)] === undefined ? 'a route of it names no API of the template' : undefined;
    const reason = why ?? unmovable(apiOf(route), resources);
    if (reason !== undefined) return reason;
  }
  return listParameter(block, template);
}

/** A nested stack cannot be given a list. */
function listParameter(block: JsonObject, template: JsonObject): string | undefined {
  const parameters = Object.entries(objectAt(template, 'Parameters'));
  const lists = parameters.filter(([, it]) => (stringAt(it, 'Type') ?? '').includes('List'));
  const found = lists.find(([name]) => referencedBy(block).includes(name));
  return found && `it refers to the parameter ${found[0]}, which is a list`;
}

/** Functions that others refer to, such as a hook of deployments. */
function referredFunctions(template: JsonObject): Set<string> {
  const functions = blocksOf(template).filter(([, block]) => isFunction(block));
  const known = new Set(functions.map(([id]) => id));
  return new Set(functions.flatMap(([id, block]) => referencedBy(block).filter((it) => it !== id && known.has(it))));
}
