import { build, type BuildOptions } from 'esbuild';
import { deflateRawSync } from 'node:zlib';
import { layerBuilders } from '../../tools/build/build-layer.ts';
import { esbuildOptions } from '../../tools/build/esbuild-options.ts';
import { readTree } from '../../tools/tree/read-tree.ts';
import type { TreeFunction } from '../../tools/tree/tree.ts';
import { objectAt, sha256 } from '../../tools/lib/json.ts';
import { localStage, readStage } from '../../tools/template/read-stages.ts';
import { broken, type Bench } from '../bench.ts';
import { Samples, type Scenario } from '../scenario.ts';
import { describeSizes } from './size-section.ts';

export const sizeScenario: Scenario = {
  name: 'size',
  title: 'Packages of the functions, and the layers',
  measure: async (bench) => {
    const samples = new Samples();
    const { functions } = await readTree(bench.root, readStage(bench.root, localStage));
    for (const each of functions) await measureFunction(bench, each, samples);
    for (const [name, make] of Object.entries(layerBuilders)) {
      const files = await make(bench.root);
      const contents = [...files].map(([path, text]): [string, Uint8Array] => [path, Buffer.from(text)]);
      samples.add(`layer ${name} files`, contents.length);
      samples.add(
        `layer ${name} bytes`,
        contents.reduce((sum, [, content]) => sum + content.byteLength, 0),
      );
      samples.add(`layer ${name} zip`, zippedSize(contents));
    }
    return { samples: samples.all, facts: {} };
  },
  describe: describeSizes,
};

/** Its package, and what it would be with everything that it imports inside. */
async function measureFunction(bench: Bench, source: TreeFunction, samples: Samples): Promise<void> {
  const { name, block, logicalId } = source;
  const options = esbuildOptions(objectAt(objectAt(block, 'Metadata'), 'BuildProperties'), logicalId);
  const { external: _, packages: __, ...inside } = options;
  const [own, whole] = [await bundle(bench, source, options), await bundle(bench, source, inside)];
  if (sha256(own) !== source.code) throw broken(`The package of ${name} is not the one that is planned.`);
  samples.add(`function ${name} bytes`, own.byteLength);
  samples.add(`function ${name} zip`, zippedSize([['handler.js', own]]));
  samples.add(`whole ${name} bytes`, whole.byteLength);
  samples.add(`whole ${name} zip`, zippedSize([['handler.js', whole]]));
}

async function bundle(bench: Bench, { entry, name }: TreeFunction, options: BuildOptions): Promise<Uint8Array> {
  const { outputFiles } = await build({
    ...options,
    entryPoints: [entry],
    absWorkingDir: bench.root,
    write: false,
    logLevel: 'silent',
  });
  const [file] = outputFiles;
  if (file === undefined) throw broken(`esbuild made no output for ${name}.`);
  return file.contents;
}

/** Of a zip file as SAM makes it: per file a header, the deflated content and an entry in the directory at the end. */
function zippedSize(files: readonly (readonly [path: string, content: Uint8Array])[]): number {
  const sizes = files.map(([path, content]) => 30 + 46 + 2 * path.length + deflateRawSync(content).byteLength);
  return sizes.reduce((sum, size) => sum + size, 22);
}
