import { closest } from 'fastest-levenshtein';
import { Failure } from '../lib/failure.ts';

/** Finds what has a name. @throws Failure that names the nearest */
export function findNamed<Item extends { readonly name: string }>(
  kind: 'flag' | 'function' | 'setting',
  name: string | undefined,
  known: readonly Item[],
): Item {
  const names = known.map((it) => it.name);
  if (name === undefined) throw new Failure(`Which ${kind}?`, `There are ${names.join(', ')}.`);
  const found = known.find((it) => it.name === name);
  if (found !== undefined) return found;
  throw new Failure(
    `There is no ${kind} ${name}.`,
    `Did you mean ${closest(name, names)}? There are ${names.join(', ')}.`,
  );
}
