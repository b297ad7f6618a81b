import { closest } from 'fastest-levenshtein';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { layerBuilders, writeLayer } from '../build/build-layer.ts';
import { Failure } from '../lib/failure.ts';

export const help = `Builds a layer into a folder. sam build calls this, through the layer's Makefile.

Usage: npm run aviary -- layer <dependencies|shared> --out FOLDER

Example: npm run aviary -- layer shared --out .aviary/shared
`;

export async function run(args: readonly string[], root: string): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { out: { type: 'string' } },
  });
  const [name = ''] = positionals;
  const build = Object.hasOwn(layerBuilders, name) ? layerBuilders[name] : undefined;
  if (!build)
    throw new Failure(`There is no layer ${name}.`, `Did you mean ${closest(name, Object.keys(layerBuilders))}?`);
  if (values.out === undefined) throw new Failure('Where should the layer go?', 'Name a folder: --out FOLDER.');
  await writeLayer(await build(root), resolve(values.out));
  return 0;
}
