/** Numbers things in the order in which they are seen first, so that what has other names in another place can be compared. */
export class Numbering {
  readonly #seen = new Map<string, string[]>();

  /** @param kind things of one kind are numbered together */
  of(kind: string, name: string): number {
    const seen = this.#seen.get(kind) ?? [];
    this.#seen.set(kind, seen);
    const at = seen.indexOf(name);
    return at < 0 ? seen.push(name) - 1 : at;
  }

  /** Of versions, which are seen in the order of their numbers. */
  all(kind: string, versions: readonly string[]): number[] {
    return versions.toSorted((one, other) => Number(one) - Number(other)).map((it) => this.of(kind, it));
  }

  /** What has a number. */
  at(kind: string, number: number): string {
    const name = this.#seen.get(kind)?.[number];
    if (name === undefined) throw new Error(`No ${kind} has the number ${number}`);
    return name;
  }
}
