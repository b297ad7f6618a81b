import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { packBuild } from '../package/pack-build.ts';
import { writeBills } from '../package/write-bills.ts';
import { splitBuild } from '../stacks/split-build.ts';
import { composedFiles } from '../stack/write-composed.ts';
import { readStage } from '../template/read-stages.ts';
import { readTree } from '../tree/read-tree.ts';
import { table } from '../report/table.ts';
import { stageOptions } from './options.ts';

export const help = `Zips what sam build made of a composed template, each package with its bill of materials. Deploys nothing.

Usage: npm run aviary -- package [--stage S] [--json]

The same build gives the same zips, byte for byte. sam deploy takes them as they are.

Example: npm run aviary -- package --stage staging
`;

export async function run(args: readonly string[], root: string): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { ...stageOptions, json: { type: 'boolean', default: false } },
  });
  const stage = readStage(root, values.env ?? values.stage);
  const files = composedFiles(stage);
  const tree = await readTree(root, stage);
  const packages = packBuild(join(root, files.buildFolder), join(root, files.packageFolder), tree.functions);
  splitBuild(root, files);
  writeBills(packages, tree, root);
  const rows = packages.map((it) => [it.logicalId, String(it.bytes), it.sha256, relative(root, it.file)]);
  process.stdout.write(
    values.json
      ? `${JSON.stringify(packages, null, 2)}\n`
      : `${table(['Package', 'Bytes', 'sha256', 'File'], rows).join('\n')}\n`,
  );
  return 0;
}
