import type { Graph } from '../../api.ts';

type Edges = Graph['edges'];

/** Answers which ids can be reached, each start among them: along the edges, or against them. */
export class Reach {
  readonly #next = new Map<string, string[]>();
  readonly #before = new Map<string, string[]>();

  constructor(edges: Edges) {
    for (const [from, to] of edges) {
      append(this.#next, from, to);
      append(this.#before, to, from);
    }
  }

  /** What changes with these. */
  after(starts: readonly string[]): ReadonlySet<string> {
    return closure(starts, this.#next);
  }

  /** What these are changed by. */
  before(starts: readonly string[]): ReadonlySet<string> {
    return closure(starts, this.#before);
  }

  /** Both. */
  around(starts: readonly string[]): ReadonlySet<string> {
    return this.after(starts).union(this.before(starts));
  }
}

function append(lists: Map<string, string[]>, key: string, value: string): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

function closure(starts: readonly string[], next: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const found = new Set(starts);
  for (const id of found) for (const target of next.get(id) ?? []) found.add(target);
  return found;
}
