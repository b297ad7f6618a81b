import { parseArgs } from 'node:util';
import { keepSourceMaps } from '../source-maps/keep-source-maps.ts';
import { compareStage } from '../stack/compare-stage.ts';
import { connectTo, stageOptions } from './options.ts';

export const help = `Keeps the source maps of what the tree deploys to a stage, beside its packages in the artifact bucket, so that
aviary logs can say where in the sources an error came from. aviary deploy does the same.

Usage: npm run aviary -- source-maps [--stage S]

Example: npm run aviary -- source-maps --stage staging
`;

export async function run(args: readonly string[], root: string): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: stageOptions });
  const connection = await connectTo(root, values);
  const added = await keepSourceMaps(connection, await compareStage(connection, {}));
  process.stdout.write(`Added ${added} source maps.\n`);
  return 0;
}
