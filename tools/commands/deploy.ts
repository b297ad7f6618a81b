import { parseArgs } from 'node:util';
import { step } from '../lib/log.ts';
import { describeDeploy } from '../report/describe-deploy.ts';
import { deployStage } from '../stack/deploy-stage.ts';
import { connectTo, deployOptions, readRequest, samOptions, waitOptions } from './options.ts';

export const help = `Builds and deploys what changed, and nothing else.

Usage: npm run deploy -- [--stage S] [--only a,b] [--uniform] [--rebuild] [--plan FILE] [--artifacts FOLDER]
       [--despite-alarm A --reason TEXT] [--no-wait] [--verbose] [--json]

  --stage S           local (default), staging, production
  --only a,b          these functions, with the new or changed resources that they refer to; the rest stays as it is
  --uniform           move every function to the newest layers
  --rebuild           build what --only names also where it is unchanged
  --plan FILE         what npm run plan -- --json wrote; refused where it does not hold any more
  --artifacts FOLDER  take the packages that another stage runs (aviary collect), and build nothing
  --attested-by O/R   with --artifacts: refuse a package that no deploy workflow of this GitHub repository attests
  --despite-alarm A   let this alarm not gate this deploy, which is to mend what made it red; with --reason TEXT
  --from-source       let production have what is built here
  --no-wait           fail at once where another run changes the stage
  --verbose           show all that SAM prints, as deploys to an account always do
  --json              the result as data on stdout

Production takes what staging runs: aviary promote.

Example: npm run deploy -- --stage staging --only users
`;

export async function run(args: readonly string[], root: string): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...deployOptions,
      ...waitOptions,
      verbose: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const request = await readRequest(values);
  const connection = await connectTo(root, values);
  const result = await deployStage(connection, {
    ...request,
    ...samOptions(connection, values.verbose),
    wait: !values['no-wait'],
    step,
  });
  process.stdout.write(values.json ? `${JSON.stringify(result, null, 2)}\n` : describeDeploy(result));
  return result.health?.ok === false ? 1 : 0;
}
