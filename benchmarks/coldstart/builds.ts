import { writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { packageFunctions } from '../../tools/build/bundle-functions.ts';
import { writeLayers, writePackages } from '../../tools/coldstart/lambda-folder.ts';
import type { FunctionSource } from '../../tools/template/code-resources.ts';
import type { Bench } from '../bench.ts';

/** One way to build the functions. */
export interface Build {
  readonly name: string;
  /** Where each function's package is, by logical id. */
  readonly folders: ReadonlyMap<string, string>;
  /** Where `require` finds what is not in the package. */
  readonly nodePath: string;
}

/**
 * The functions in three builds: `layers`, as they are deployed; `bundled`, with everything inside, from the ESM builds of the
 * packages, which esbuild shakes best; `raw`, with the shared layer and, in place of the other one, node_modules as npm has it.
 */
export async function makeBuilds(bench: Bench, functions: readonly FunctionSource[]): Promise<Build[]> {
  const [own, whole] = await Promise.all([
    packageFunctions(functions, bench.root),
    packageFunctions(functions, bench.root, {
      packages: 'bundle',
      // As for the dependencies layer.
      external: ['supports-color'],
      mainFields: ['module', 'main'],
      conditions: ['module', 'import'],
    }),
  ]);
  const layers = await writeLayers(bench.root, bench.folder());
  const shared = await writeLayers(bench.root, bench.folder(), ['shared']);
  const folders = await writePackages(own, bench.folder());
  return [
    { name: 'layers', folders, nodePath: layers },
    { name: 'bundled', folders: await writePackages(whole, bench.folder()), nodePath: '' },
    { name: 'raw', folders, nodePath: [shared, join(bench.root, 'node_modules')].join(delimiter) },
  ];
}

/** The variables of a function that does nothing and loads nothing: its start is that of Node.js. */
export async function plainFunction(bench: Bench): Promise<Record<string, string>> {
  const folder = bench.folder();
  await writeFile(join(folder, 'handler.js'), 'exports.handler = async () => {};\n');
  return { _HANDLER: 'handler.handler', LAMBDA_TASK_ROOT: folder };
}
