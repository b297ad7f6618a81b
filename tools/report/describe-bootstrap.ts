import type { BootstrapStage } from '../bootstrap/plan-bootstrap.ts';

/** What `aviary bootstrap` answers, as data and, below, for people. */
export interface BootstrapResult {
  readonly account: string;
  readonly providerArn: string;
  readonly dryRun: boolean;
  /** The `gh` command that goes last: it switches the deploys on. */
  readonly github: string;
  readonly stages: readonly (BootstrapStage & {
    readonly github: readonly string[];
    /** The SAM commands, one for each region. */
    readonly sam: readonly (readonly string[])[];
  })[];
}

export function describeBootstrap({ account, providerArn, dryRun, github: last, stages }: BootstrapResult): string {
  const made = stages.some(({ makesProvider }) => makesProvider);
  const rows = stages.flatMap((stage) => [
    '',
    `${stage.stage} (stack ${stage.stackName}, ${stage.region})`,
    `  deploys         ${stage.deployRoleArn}`,
    `  reads           ${stage.readRoleArn}`,
    `  pull requests   ${stage.pullRequestRoleArn ?? '(no role)'}`,
    `  CloudFormation  ${stage.serviceRoleArn}`,
    `  artifacts       ${stage.bucket}`,
    `  tells           ${stage.topicArn}${mail(stage)}`,
    ...stage.otherRegions.map((region) => `  also in         ${region}: ${stage.bucket}-${region}`),
  ]);
  const names = stages.map(({ stage }) => stage);
  return [
    `${dryRun ? 'Would prepare' : 'Prepared'} account ${account} for ${names.join(' and ')}.`,
    `Provider: ${providerArn} (${made ? 'of these stacks' : 'was there'})`,
    ...rows,
    '',
    ...(dryRun
      ? ['It would run:', ...stages.flatMap(({ sam }) => sam.map((args) => `  sam ${args.join(' ')}`)), '']
      : []),
    'Now add "Bootstrapped=true" to parameter_overrides of each of these stages in samconfig.toml, and set up GitHub:',
    ...stages.flatMap(({ github }) => github.map((command) => `  ${command}`)),
    'Last, with the stages of other accounts added, since it switches the deploys of these stages on:',
    `  ${last}`,
    ...(names.includes('production') ? ['REVIEWER_ID is the answer to: gh api users/<name> --jq .id'] : []),
    '',
  ].join('\n');
}

/** Who gets a mail, where this run says so. */
function mail({ parameters }: BootstrapStage): string {
  const address = parameters['NotificationEmail'];
  if (address === undefined) return '';
  return address === '' ? ' (no mail)' : ` (mail to ${address}, once its owner has confirmed it)`;
}
