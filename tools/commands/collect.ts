import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { step } from '../lib/log.ts';
import { collectArtifacts, collectedFolder } from '../promote/collect-artifacts.ts';
import { compareStage } from '../stack/compare-stage.ts';
import { connectTo, nameList, stageOptions } from './options.ts';

export const help = `Downloads the packages that a stage runs, for another stage to take. Changes nothing there.

Usage: npm run aviary -- collect --stage S [--only a,b] [--to FOLDER]

  --stage S    the stage that runs them: staging
  --only a,b   ask for these to be what the tree has; everything when left out
  --to FOLDER  where they go: .aviary/artifacts/<stage> when left out

Refused where the stage runs something else than the tree asks for. Prints the folder.

Example: npm run aviary -- collect --stage staging --only users
`;

export async function run(args: readonly string[], root: string): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { ...stageOptions, only: { type: 'string', multiple: true }, to: { type: 'string' } },
  });
  const connection = await connectTo(root, values);
  const { name } = connection.stage;
  const folder = values.to === undefined ? join(root, collectedFolder(name)) : resolve(values.to);
  await step(`Collecting what ${name} runs`, async () => {
    await collectArtifacts(connection, await compareStage(connection, { only: nameList(values.only) }), folder);
  });
  process.stdout.write(`${folder}\n`);
  return 0;
}
