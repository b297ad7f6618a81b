import { describeWith, shortRelease } from '../plan/recorded-block.ts';

/** What a version says of itself that was put behind `live` without a deploy. */
export interface Swap {
  /** First digits of its release. */
  readonly release: string;
  /** Number of the version that the stack has, to which the function goes back. */
  readonly over: string;
}

const mark = / \(swapped ([0-9a-f]+) over (\d+)\)$/;

/** The description of a version that is swapped in. */
export function describeSwap(description: string, { release, over }: Swap): string {
  return describeWith(description, ` (swapped ${release.slice(0, shortRelease)} over ${over})`);
}

/** What a description says of a swap; undefined for a version that a deploy has published. */
export function readSwap(description: string | undefined): Swap | undefined {
  const [, release, over] = mark.exec(description ?? '') ?? [];
  return release === undefined || over === undefined ? undefined : { release, over };
}
