import { parseArgs } from 'node:util';
import { Failure } from '../lib/failure.ts';
import { step } from '../lib/log.ts';
import { deployRegions } from '../regions/deploy-regions.ts';
import { readRegions } from '../regions/read-regions.ts';
import { describeDeploy } from '../report/describe-deploy.ts';
import { describeRegions } from '../report/describe-regions.ts';
import type { Connection } from '../stack/connection.ts';
import { deployStage, type DeployResult } from '../stack/deploy-stage.ts';
import { connectTo, deployOptions, readRequest, samOptions, waitOptions } from './options.ts';

export const help = `Builds and deploys what changed, and nothing else.

Usage: npm run deploy -- [--stage S] [--only a,b] [--uniform] [--rebuild] [--plan FILE] [--artifacts FOLDER]
       [--despite-alarm A --reason TEXT] [--regions R,R] [--no-wait] [--verbose] [--json]

  --stage S           local (default), staging, production
  --only a,b          these functions, with the new or changed resources that they refer to; the rest stays as it is
  --uniform           move every function to the newest layers
  --rebuild           build what --only names also where it is unchanged
  --plan FILE         what npm run plan -- --json wrote; refused where it does not hold any more
  --artifacts FOLDER  take the packages that another stage runs (aviary collect), and build nothing
  --attested-by O/R   with --artifacts: refuse a package that no deploy workflow of this GitHub repository attests
  --despite-alarm A   let this alarm not gate this deploy, which is to mend what made it red; with --reason TEXT
  --from-source       let production have what is built here
  --regions R,R       to these regions, one after the other; one that fails keeps the next from being begun
  --region R          to this region, in place of that of samconfig.toml
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
      regions: { type: 'string' },
      ...waitOptions,
      verbose: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const regions = values.regions === undefined ? undefined : regionsOf(values.regions, values);
  const request = await readRequest(values);
  const connection = await connectTo(root, values);
  const deploy = async (to: Connection): Promise<DeployResult> =>
    await deployStage(to, { ...request, ...samOptions(to, values.verbose), wait: !values['no-wait'], step });
  const print = (data: unknown, text: string): void =>
    void process.stdout.write(values.json ? `${JSON.stringify(data, null, 2)}\n` : text);
  if (regions) {
    const outcomes = await deployRegions(connection, regions, deploy);
    print({ regions: outcomes }, describeRegions(connection.stage.name, outcomes));
    return outcomes.every(({ state }) => state === 'has it') ? 0 : 1;
  }
  const result = await deploy(connection);
  print(result, describeDeploy(result));
  return result.health?.ok === false ? 1 : 0;
}

/** @throws Failure for what is no list of regions, and for options that speak of one region */
function regionsOf(
  text: string,
  { plan, region }: { plan?: string | undefined; region?: string | undefined },
): string[] {
  if (plan === undefined && region === undefined) return readRegions(text);
  throw new Failure('A plan, like --region, is of one region.', 'Leave out --regions, or the other.');
}
