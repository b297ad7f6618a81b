import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { step } from '../lib/log.ts';
import { collectArtifacts, collectedFolder } from '../promote/collect-artifacts.ts';
import { describeDeploy } from '../report/describe-deploy.ts';
import { compareStage } from '../stack/compare-stage.ts';
import { deployStage } from '../stack/deploy-stage.ts';
import { connectTo, despiteOptions, nameList, overrideOf, samOptions, waitOptions } from './options.ts';

export const help = `Gives a stage what another stage runs: the very same packages, without a build.

Usage: npm run aviary -- promote [--from staging] [--to production] [--only a,b] [--attested-by OWNER/REPO]
       [--despite-alarm A --reason TEXT] [--no-wait] [--json]

  --only a,b         these functions, with the new or changed resources that they refer to
  --attested-by O/R  refuse a package that no deploy workflow of this GitHub repository attests
  --despite-alarm A  let this alarm not gate this deploy, which is to mend what made it red; with --reason TEXT
  --no-wait          fail at once where another run changes the stage
  --json             the result as data on stdout

Where the stages have accounts of their own, name a profile for each in samconfig.toml ([<stage>.global.parameters]
profile = "…"); or collect with the one's credentials, and deploy --artifacts with the other's.

Example: npm run aviary -- promote --only users
`;

export async function run(args: readonly string[], root: string): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      from: { type: 'string', default: 'staging' },
      to: { type: 'string', default: 'production' },
      region: { type: 'string' },
      only: { type: 'string', multiple: true },
      'attested-by': { type: 'string' },
      ...despiteOptions,
      ...waitOptions,
      json: { type: 'boolean', default: false },
    },
  });
  const only = nameList(values.only);
  const from = await connectTo(root, { stage: values.from });
  const to = await connectTo(root, { stage: values.to, region: values.region });
  const folder = join(root, collectedFolder(values.from));
  const artifacts = await step(`Collecting what ${values.from} runs`, async () => {
    return await collectArtifacts(from, await compareStage(from, { only }), folder);
  });
  const result = await deployStage(to, {
    only,
    despite: overrideOf(values),
    promotion: { artifacts, folder, attestedBy: values['attested-by'] },
    ...samOptions(to, true),
    wait: !values['no-wait'],
    step,
  });
  process.stdout.write(values.json ? `${JSON.stringify(result, null, 2)}\n` : describeDeploy(result));
  return result.health?.ok === false ? 1 : 0;
}
