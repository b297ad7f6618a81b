import { Failure } from '../lib/failure.ts';
import { previewBlock } from '../template/preview-stage.ts';
import { productionStage, type Stage } from '../template/read-stages.ts';
import type { GitHubRepository } from './repository.ts';

/** What an account has before. */
export interface Account {
  /** Twelve digits. */
  readonly id: string;
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  readonly partition: string;
  /** Whether GitHub's provider is there. */
  readonly hasProvider: boolean;
  /** Names of the stages whose bootstrap stack has made the provider; one at most. */
  readonly providerOwners: readonly string[];
}

/** What one stage gets. */
export interface BootstrapStage {
  readonly stage: string;
  readonly stackName: string;
  readonly region: string;
  /** Whether this stack makes the provider, or has made it. */
  readonly makesProvider: boolean;
  readonly bucket: string;
  readonly deployRoleArn: string;
  readonly readRoleArn: string;
  /** Undefined for production, at which pull requests do not look, and for previews, which are theirs. */
  readonly pullRequestRoleArn: string | undefined;
  readonly serviceRoleArn: string;
  /** Where deployments are told of. */
  readonly topicArn: string;
  /** Other regions that its roles reach, each of which gets a bucket and a topic. */
  readonly otherRegions: readonly string[];
  /** The template's parameters. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** A stage with the name that stands before all of its names. */
export interface NamedStage {
  readonly stage: Stage;
  readonly app: string;
}

const providerHost = 'token.actions.githubusercontent.com';

/** The name of a stage's bootstrap stack. */
export function bootstrapStackName(app: string, stage: string): string {
  return `${app}-bootstrap-${stage}`;
}

/** The name of the role that deploys a stage; the names of GitHub's other roles begin with it. */
export function deployRoleName(app: string, stage: string): string {
  return `GitHubActions-${title(app)}-${title(stage)}`;
}

/** ARN of GitHub's provider, which is the same in each account but for the account. */
export function providerArn({ partition, id }: Pick<Account, 'partition' | 'id'>): string {
  return `arn:${partition}:iam::${id}:oidc-provider/${providerHost}`;
}

/**
 * What the account's stages get. The provider, of which an account has one, is made by the first stage where there is
 * none; a stack that has made it keeps it.
 * @param notify the e-mail address that is told of deployments: empty for none, undefined for the one that it was
 * @param regions that it is to be in, besides the one of samconfig.toml
 * @throws Failure for a stage whose stack has another name than its roles could touch
 */
export function planBootstrap(
  account: Account,
  stages: readonly NamedStage[],
  repository: GitHubRepository,
  notify?: string,
  regions: readonly string[] = [],
): BootstrapStage[] {
  const owner = account.providerOwners[0] ?? (account.hasProvider ? undefined : stages[0]?.stage.name);
  return stages.map(({ stage, app }) => {
    const { name } = stage;
    if (stage.stackName !== `${app}-${name}`) {
      throw new Failure(
        `The roles of ${name} could not touch its stack ${stage.stackName}: they are held to names of ${app}-${name}.`,
        `Give it stack_name = "${app}-${name}" in samconfig.toml.`,
      );
    }
    const roleName = deployRoleName(app, name);
    const roleArn = (role: string): string => `arn:${account.partition}:iam::${account.id}:role/${role}`;
    const makesProvider = owner === name;
    const otherRegions = regions.filter((region) => region !== stage.region);
    const isAlone = otherRegions.length === 0;
    return {
      stage: name,
      stackName: bootstrapStackName(app, name),
      region: stage.region,
      makesProvider,
      bucket: `${app}-artifacts-${name}-${account.id}`,
      deployRoleArn: roleArn(roleName),
      readRoleArn: roleArn(`${roleName}-Read`),
      pullRequestRoleArn: [productionStage, previewBlock].includes(name)
        ? undefined
        : roleArn(`${roleName}-PullRequest`),
      serviceRoleArn: roleArn(`${app}-cloudformation-${name}`),
      topicArn: `arn:${account.partition}:sns:${stage.region}:${account.id}:${app}-deployments-${name}`,
      otherRegions,
      parameters: {
        App: app,
        Stage: name,
        NameEnd: name === previewBlock ? 'pr-*' : name,
        Regions: isAlone ? stage.region : '*',
        Buckets: isAlone ? '' : '*',
        Organization: repository.organization,
        Repository: repository.repository,
        OrganizationId: repository.organizationId,
        RepositoryId: repository.repositoryId,
        RoleName: roleName,
        ProviderArn: makesProvider ? '' : providerArn(account),
        // A parameter that is left out keeps the value that the stack has.
        ...(notify === undefined ? {} : { NotificationEmail: notify }),
      },
    };
  });
}

/** The stacks of a stage: that with its roles first, then those of its other regions. */
export function stacksOf(stage: BootstrapStage, account: Account): BootstrapStage[] {
  const others = stage.otherRegions.map((region) => ({
    ...stage,
    region,
    parameters: { ...stage.parameters, HomeRegion: 'false', ProviderArn: providerArn(account) },
  }));
  return [stage, ...others];
}

/** The SAM command that makes a stage's stack, to be run in the root of the repository. */
export function samArguments({ stackName, region, parameters }: BootstrapStage): string[] {
  const { App = '', Stage = '' } = parameters;
  // SAM reads `Name=""` as empty; without quotes it would keep the value that the stack has.
  const overrides = Object.entries(parameters).map(([name, value]) => `${name}=${value === '' ? '""' : value}`);
  return [
    'deploy',
    ...['--template-file', 'infra/bootstrap.yaml', '--stack-name', stackName, '--region', region],
    ...['--capabilities', 'CAPABILITY_NAMED_IAM', '--no-confirm-changeset', '--no-fail-on-empty-changeset'],
    ...['--tags', `app=${App}`, `stage=${Stage}`, '--parameter-overrides', ...overrides],
  ];
}

/** `my-app` as `MyApp`. */
function title(name: string): string {
  return name.replaceAll(/(?:^|-)([a-z0-9])/g, (_whole, first: string) => first.toUpperCase());
}
