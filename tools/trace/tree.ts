import type { Invocation } from './invocation.ts';

/** An invocation, and those that followed from it. */
export interface Branch extends Invocation {
  readonly children: readonly Branch[];
}

/**
 * The invocations of one request as a tree. The parent of one is the last that told of an event which it was given, and
 * that began before it: an event is told once by who records it and again by who passes it on. What was given no event,
 * as by the gateway, stands at the top.
 * @param invocations in the order in which they began
 */
export function treeOf(invocations: readonly Invocation[]): Branch[] {
  const parents = new Map(invocations.map((it, at) => [it, parentOf(it, invocations.slice(0, at))]));
  const below = (parent: Invocation | undefined): Branch[] =>
    invocations.filter((it) => parents.get(it) === parent).map((it) => ({ ...it, children: below(it) }));
  return below(undefined);
}

function parentOf({ given }: Invocation, before: readonly Invocation[]): Invocation | undefined {
  return before.findLast(({ told }) => [...given].some((id) => told.has(id)));
}
