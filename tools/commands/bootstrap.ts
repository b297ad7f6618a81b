import { parseArgs } from 'node:util';
import { deployBootstrap } from '../bootstrap/deploy-bootstrap.ts';
import { githubCommands, stagesCommand } from '../bootstrap/github-commands.ts';
import { readNotificationEmail } from '../bootstrap/notification-email.ts';
import { planBootstrap, providerArn, samArguments, stacksOf } from '../bootstrap/plan-bootstrap.ts';
import { readAccount } from '../bootstrap/read-account.ts';
import { readNamedStages } from '../bootstrap/read-named-stages.ts';
import { readRepository } from '../bootstrap/repository.ts';
import { readRegions } from '../regions/read-regions.ts';
import { interruption } from '../lib/interruption.ts';
import { info, step } from '../lib/log.ts';
import { describeBootstrap, type BootstrapResult } from '../report/describe-bootstrap.ts';

export const help = `Prepares an account, once, so that GitHub can deploy to it: GitHub's identity provider, a role for deploys, one
that reads and one for pull requests, a role for CloudFormation, a bucket for artifacts, and a topic that deployments are
told on. Needs an administrator's credentials.

Usage: npm run aviary -- bootstrap --repository O/R --organization-id N --repository-id N
                                   [--stage S] [--regions R,R] [--notify E] [--dry-run] [--verbose] [--json]

  --repository O/R     the repository on GitHub, as GitHub writes it
  --organization-id N  number of its owner
  --repository-id N    its own number; gh api repos/O/R --jq '.owner.id, .id' tells both
  --stage S            this stage; all that samconfig.toml has but local when left out. For stages in accounts of their
                       own, once per stage with that account's credentials
  --regions R,R        regions besides that of samconfig.toml: each gets a bucket and a topic, and the roles reach all. To be
                       named each time: without it they are held to the one region again
  --notify E           e-mail address that is told of deployments, as someone@example.com; "" for none. When left out it
                       stays as it is. SNS asks the address first
  --dry-run            say what would be made, and make nothing
  --verbose            show all that SAM prints
  --json               the result as data on stdout

Can be run again: it changes what differs. Then it prints the commands that set up GitHub. See docs/guide/bootstrap.md.

Example: npm run aviary -- bootstrap --repository acme/shop --organization-id 1234 --repository-id 5678 --stage staging
`;

export async function run(args: readonly string[], root: string): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      repository: { type: 'string' },
      'organization-id': { type: 'string' },
      'repository-id': { type: 'string' },
      stage: { type: 'string' },
      regions: { type: 'string' },
      notify: { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
      verbose: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const repository = readRepository(values);
  const notify = readNotificationEmail(values.notify);
  const signal = interruption();
  const named = readNamedStages(root, values.stage);
  const connections = named.map((stage) => ({ ...stage, root, endpoint: undefined }));
  const account = await step('Reading the account', () => readAccount(connections));
  const regions = values.regions === undefined ? [] : readRegions(values.regions);
  const stages = planBootstrap(account, named, repository, notify, regions);
  const stacks = stages.flatMap((stage) => stacksOf(stage, account));
  for (const stage of values['dry-run'] ? [] : stacks) {
    const onLine = (line: string): void => {
      if (values.verbose) info(`    ${line}`);
    };
    await step(`Making ${stage.stackName} in account ${account.id}, ${stage.region}`, () =>
      deployBootstrap({ root, endpoint: undefined }, stage, { onLine, signal }),
    );
  }
  const result: BootstrapResult = {
    account: account.id,
    providerArn: providerArn(account),
    dryRun: values['dry-run'],
    github: stagesCommand(
      stages.map(({ stage }) => stage),
      repository,
    ),
    stages: stages.map((stage) => ({
      ...stage,
      sam: stacksOf(stage, account).map(samArguments),
      github: githubCommands(stage, repository),
    })),
  };
  process.stdout.write(values.json ? `${JSON.stringify(result, null, 2)}\n` : describeBootstrap(result));
  return 0;
}
