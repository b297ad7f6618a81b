import { paragraphs, table } from '../markdown.ts';
import type { Findings } from '../scenario.ts';
import { bound, bytes, kilobytes, type Unit } from '../statistics.ts';

const limit = 50 * 1024;

/** Sizes of the packages, beside those with everything inside. */
export function describeSizes({ samples }: Findings): string {
  const one = (name: string): number => samples[name]?.[0] ?? Number.NaN;
  const named = (pattern: RegExp): string[] => Object.keys(samples).flatMap((name) => pattern.exec(name)?.[1] ?? []);
  const functions = named(/^function (.+) bytes$/);
  const layers = named(/^layer (.+) bytes$/);
  const sum = (names: readonly string[], kind: string, what: string): number =>
    names.reduce((total, name) => total + one(`${kind} ${name} ${what}`), 0);
  const row = (
    what: string,
    own: readonly [number, number],
    whole: readonly [number, number],
    unit: Unit,
  ): string[] => [what, ...own.map(unit), ...whole.map(unit), `${(whole[0] / own[0]).toFixed(1)} ×`];
  const pair = (kind: string, name: string): [number, number] => [
    one(`${kind} ${name} bytes`),
    one(`${kind} ${name} zip`),
  ];
  const total = (names: readonly string[], kind: string): [number, number] => [
    sum(names, kind, 'bytes'),
    sum(names, kind, 'zip'),
  ];
  const largest = functions
    .map((name) => one(`function ${name} bytes`))
    .sort((a, b) => b - a)
    .slice(0, 1);
  return paragraphs(
    `The package of each function of this repository, one file, as \`sam build\` writes it; and the same function with
everything that it imports inside, by esbuild with the same flags but for the externals. Zipped is what is uploaded.`,
    table(
      ['function', 'package', 'zipped', 'all inside', 'zipped', 'all inside to package'],
      ...functions.map((name) => row(name, pair('function', name), pair('whole', name), bytes)),
      row('**all**', total(functions, 'function'), total(functions, 'whole'), bytes),
    ),
    bound('the largest package', largest, limit, kilobytes),
    'The layers that take the rest, once for all functions, and uploaded only when a deployed function moves to new ones:',
    table(
      ['layer', 'files', 'size', 'zipped'],
      ...layers.map((name) => {
        const [size, zip] = pair('layer', name);
        return [name, String(one(`layer ${name} files`)), kilobytes(size), kilobytes(zip)];
      }),
    ),
    `A first deploy uploads ${kilobytes(sum(functions, 'function', 'zip') + sum(layers, 'layer', 'zip'))} zipped with the
layers, against ${kilobytes(sum(functions, 'whole', 'zip'))} with everything inside of ${functions.length} functions.`,
  );
}
