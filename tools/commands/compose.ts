import { parseArgs } from 'node:util';
import { compareStage } from '../stack/compare-stage.ts';
import { composeStage } from '../stack/compose-stage.ts';
import { connectTo, deployOptions, readRequest } from './options.ts';

export const help = `Writes the template of a deploy, with the samconfig that builds and deploys it. Deploys nothing.

Usage: npm run aviary -- compose [--stage S] [--only a,b] [--uniform] [--rebuild] [--plan FILE] [--artifacts FOLDER]

Prints the two commands that aviary deploy would run. The options are those of aviary deploy, --attested-by, --from-source,
--despite-alarm and --reason among them.

Example: npm run aviary -- compose --stage staging --only users
`;

export async function run(args: readonly string[], root: string): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: deployOptions });
  const request = await readRequest(values);
  const connection = await connectTo(root, values);
  const composed = await composeStage(connection, await compareStage(connection, request), request);
  const lines = composed
    ? [`sam ${composed.files.build.join(' ')}`, `sam ${composed.files.deploy.join(' ')}`]
    : ['# nothing to deploy'];
  process.stdout.write(`${lines.join('\n')}\n`);
  return 0;
}
