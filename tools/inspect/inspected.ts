import { findNamed } from '../config/find-named.ts';
import { claimPort } from '../local/ports.ts';
import type { TreeFunction } from '../tree/tree.ts';
import { functionNameOf } from '../template/function-name.ts';

/** A function whose process a debugger can be attached to. */
export interface Inspected {
  readonly name: string;
  /** In Lambda. */
  readonly functionName: string;
  /** On the loopback; it stays the same over new versions and new processes. */
  readonly port: number;
}

/** The port of Node.js' inspector, which editors try first. */
export const defaultInspectPort = 9229;
const every = 'all';

/**
 * Gives each function that is named a port: one after the other from the first on, or any free ones where that is 0.
 * @param names of functions; `all` stands for every one, in the order of the template
 * @throws Failure for a name that is none, and for a port that is taken
 */
export async function inspectedFunctions(
  names: readonly string[],
  functions: readonly TreeFunction[],
  firstPort: number,
): Promise<Inspected[]> {
  const chosen = names.includes(every)
    ? functions
    : [...new Set(names)].map((name) => findNamed('function', name, functions));
  const inspected: Inspected[] = [];
  for (const it of chosen) {
    const port = await claimPort(firstPort === 0 ? 0 : firstPort + inspected.length, '--inspect-port');
    inspected.push({ name: it.name, functionName: functionNameOf(it), port });
  }
  return inspected;
}
