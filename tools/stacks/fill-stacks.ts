import { Failure } from '../lib/failure.ts';
import { isObject, objectAt, stringAt, type JsonObject } from '../lib/json.ts';
import { referencedBy } from '../template/reference-names.ts';
import { apiEvents, apiOf, permissionStack } from './move-routes.ts';
import { homesOf, placementOf, type Placement } from './placement.ts';
import { limits, weighResource } from './weigh-resource.ts';

/** Resources that functions may fill a stack to. What shared resources and a later queue or alarm need is left free. */
const room = { root: 400, nested: 440, bytes: 0.75 * limits.bytes };

/** The stacks of a template while functions are put into them. A stack is undefined where it is the root. */
export class FillStacks {
  readonly #blocks: ReadonlyMap<string, JsonObject>;
  readonly #deployed: ReadonlySet<string>;
  readonly #needs: ReadonlyMap<string, readonly string[]>;
  readonly #homes = new Map<string, string>();
  readonly #members = new Map<string | undefined, Set<string>>();
  readonly #filled = new Map<string | undefined, { readonly count: number; readonly bytes: number }>();

  /**
   * @param deployed the template that is deployed, flat; what it has stays where it is
   * @param waiting resources that are put somewhere later; the rest of what is new is in the root
   */
  constructor(template: JsonObject, deployed: JsonObject | undefined, waiting: ReadonlySet<string>) {
    this.#blocks = new Map(blocksOf(template));
    this.#deployed = new Set(Object.keys(objectAt(deployed, 'Resources')));
    this.#needs = needsOf(this.#blocks);
    const homes = homesOf(placementOf(deployed ?? {}));
    for (const [id, home] of homes) if (this.#blocks.has(id)) this.#homes.set(id, home);
    for (const id of this.#blocks.keys()) if (!waiting.has(id)) this.#put([id], homes.get(id));
  }

  /** Puts a new function and its own into the root, where there is room; false where there is none. */
  putIntoRoot(group: readonly string[]): boolean {
    if (!this.#hasRoom(undefined, group)) return false;
    this.#put(group, undefined);
    return true;
  }

  keepInRoot(group: readonly string[]): void {
    this.#put(group, undefined);
  }

  /** Puts a new function and its own into the first stack of a name that has room; into the root where it would go round in a circle. */
  putIntoStack(group: readonly string[], name: string, first = 1): void {
    for (let number = first; ; number += 1) {
      const stack = number === 1 ? name : `${name}${number}`;
      if (!this.#hasRoom(stack, group)) continue;
      const taken = [stack, logStack(stack), permissionStack(stack)].find((id) => this.#blocks.has(id));
      if (taken !== undefined) {
        throw new Failure(`template.yaml has a resource ${taken}, which is the name of a nested stack.`, 'Rename it.');
      }
      this.#put(group, this.circleOf(stack, group) === undefined ? stack : undefined);
      return;
    }
  }

  /** What was added to a function that is deployed goes to where that lives. */
  follow(id: string, own: readonly string[]): void {
    const stack = this.#homes.get(id);
    const fresh = own.filter((it) => !this.#deployed.has(it) && !this.#homes.has(it));
    if (stack === undefined || fresh.length === 0) return;
    if (this.#hasRoom(stack, fresh) && this.circleOf(stack, fresh) === undefined) this.#put(fresh, stack);
  }

  /** Why a stack that also had these would need itself; undefined where it would not. */
  circleOf(stack: string, group: readonly string[]): string | undefined {
    const home = (id: string): string | undefined => {
      return group.includes(id) ? this.#homeIn(stack, id) : this.#homes.get(id);
    };
    const seen = new Set<string>();
    const open = [...(this.#members.get(stack) ?? []), ...group].filter((id) => home(id) === stack);
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      for (const next of this.#needs.get(id) ?? []) {
        const there = home(next);
        if (there === stack) {
          if (home(id) === stack) continue;
          return `${id} needs ${next}, and something that it would live with needs ${id}`;
        }
        if (seen.has(there ?? next)) continue;
        seen.add(there ?? next);
        open.push(...(there === undefined ? [next] : (this.#members.get(there) ?? [])));
      }
    }
    return undefined;
  }

  placement(): Placement {
    const placement: Record<string, string[]> = {};
    for (const id of this.#blocks.keys()) {
      const stack = this.#homes.get(id);
      if (stack !== undefined) (placement[stack] ??= []).push(id);
    }
    return placement;
  }

  #hasRoom(stack: string | undefined, group: readonly string[]): boolean {
    const filled = this.#filled.get(stack) ?? { count: 0, bytes: 0 };
    const more = this.#weigh(group);
    // In the root each nested stack is one, or two with the permissions of its routes.
    const stacks = stack === undefined ? 2 * new Set(this.#homes.values()).size : 0;
    const most = stack === undefined ? room.root : room.nested;
    return filled.count + more.count + stacks <= most && filled.bytes + more.bytes <= room.bytes;
  }

  #put(group: readonly string[], stack: string | undefined): void {
    for (const id of group) {
      const home = this.#homeIn(stack, id);
      if (this.#members.get(home)?.has(id) === true) continue;
      // What is new stood in the root until it was clear whose it is.
      if (this.#members.get(undefined)?.delete(id) === true) this.#fill(undefined, this.#weigh([id]), -1);
      const members = this.#members.get(home) ?? new Set();
      this.#members.set(home, members.add(id));
      this.#fill(home, this.#weigh([id]), 1);
      if (home !== undefined) this.#homes.set(id, home);
    }
  }

  /**
   * Log groups are in a stack of their own beside their functions': queries and alarms speak of them, and settings that functions
   * need wait for the alarms.
   */
  #homeIn(stack: string | undefined, id: string): string | undefined {
    const isLogs = this.#blocks.get(id)?.['Type'] === 'AWS::Logs::LogGroup';
    return stack !== undefined && isLogs && this.#homes.get(id) === undefined ? logStack(stack) : stack;
  }

  #fill(stack: string | undefined, { count, bytes }: { count: number; bytes: number }, sign: 1 | -1): void {
    const filled = this.#filled.get(stack) ?? { count: 0, bytes: 0 };
    this.#filled.set(stack, { count: filled.count + sign * count, bytes: filled.bytes + sign * bytes });
  }

  #weigh(group: readonly string[]): { count: number; bytes: number } {
    let [count, bytes] = [0, 0];
    for (const id of group) {
      const block = this.#blocks.get(id) ?? {};
      count += weighResource(block);
      bytes += JSON.stringify(block).length;
    }
    return { count, bytes };
  }
}

const logStack = (stack: string): string => `${stack}Logs`;

/** The resources of a template. */
export function blocksOf(template: JsonObject): [string, JsonObject][] {
  const entries = Object.entries(objectAt(template, 'Resources'));
  return entries.filter((it): it is [string, JsonObject] => isObject(it[1]));
}

/** Who needs whom: by references and DependsOn, and an API the functions of its routes, not the other way round. */
function needsOf(blocks: ReadonlyMap<string, JsonObject>): Map<string, readonly string[]> {
  const needs = new Map<string, string[]>();
  for (const [id, block] of blocks) {
    const { Events, ...properties } = objectAt(block, 'Properties');
    const events = Object.entries(isObject(Events) ? Events : {}).filter(([, it]) => stringAt(it, 'Type') !== 'Api');
    const bare = { ...block, Properties: { ...properties, Events: Object.fromEntries(events) } };
    needs.set(id, [...(needs.get(id) ?? []), ...referencedBy(bare).filter((it) => blocks.has(it))]);
    for (const route of apiEvents(block)) {
      const api = apiOf(route);
      needs.set(api, [...(needs.get(api) ?? []), id]);
    }
  }
  return needs;
}
