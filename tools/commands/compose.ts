import { parseArgs } from 'node:util';
import { composeStage, compareStage } from '../stack/deploy-stage.ts';
import { connectTo, deployOptions, nameList } from './options.ts';

export const help = `Writes the template of a deploy, with the samconfig that builds and deploys it. Deploys nothing.

Usage: npm run aviary -- compose [--stage S] [--only a,b] [--uniform]

Prints the two commands that aviary deploy would run.
`;

export async function run(args: readonly string[], root: string): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: deployOptions,
  });
  const connection = await connectTo(root, values);
  const composed = await composeStage(
    connection,
    await compareStage(connection, values.uniform),
    nameList(values.only),
  );
  const lines = composed
    ? [`sam ${composed.files.build.join(' ')}`, `sam ${composed.files.deploy.join(' ')}`]
    : ['# nothing to deploy'];
  process.stdout.write(`${lines.join('\n')}\n`);
  return 0;
}
