import { environmentsOf, type GitHubEnvironment } from './github-environments.ts';
import type { BootstrapStage } from './plan-bootstrap.ts';
import type { GitHubRepository } from './repository.ts';

/**
 * The `gh` commands that give GitHub what the workflows need: the environments of each stage with their variables, and for
 * pull requests, which run in no environment, variables of the repository. None of the values is a secret.
 */
export function githubCommands(stage: BootstrapStage, { organization, repository }: GitHubRepository): string[] {
  const name = `${organization}/${repository}`;
  const variable = (key: string, value: string, where: string): string =>
    `gh variable set ${key} --repo ${name}${where} --body ${value}`;
  const roles = { deploy: stage.deployRoleArn, read: stage.readRoleArn };
  return [
    ...environmentsOf(stage.stage).flatMap((environment) => [
      environmentCommand(environment, name),
      ...refCommands(environment, name),
      ...(environment.role === undefined
        ? []
        : [
            variable('AWS_ROLE_ARN', roles[environment.role], ` --env ${environment.name}`),
            variable('AWS_REGION', stage.region, ` --env ${environment.name}`),
          ]),
    ]),
    ...(stage.pullRequestRoleArn === undefined
      ? []
      : [
          variable('AWS_PULL_REQUEST_ROLE_ARN', stage.pullRequestRoleArn, ''),
          variable('AWS_REGION', stage.region, ''),
          // bootstrap refuses another name.
          variable('AWS_PULL_REQUEST_STACK', `${stage.parameters['App'] ?? ''}-${stage.stage}`, ''),
        ]),
  ];
}

/** The command that tells the workflows which stages are prepared. Until then they deploy nothing. */
export function stagesCommand(stages: readonly string[], { organization, repository }: GitHubRepository): string {
  return `gh variable set AVIARY_STAGES --repo ${organization}/${repository} --body ${stages.join(',')}`;
}

/** The commands that let refs use an environment. (GitHub REST API, "Create a deployment branch policy".) */
function refCommands({ name, refs = [] }: GitHubEnvironment, repository: string): string[] {
  const policies = `gh api --method POST repos/${repository}/environments/${name}/deployment-branch-policies`;
  return refs.map((ref) => `${policies} -f 'name=${ref}'`);
}

/**
 * The command that makes an environment, or brings it in order. Only protected branches may use one, but for previews:
 * otherwise whoever may push a branch could deploy from it. (GitHub REST API, "Create or update an environment".)
 */
export function environmentCommand({ name, reviewed, refs }: GitHubEnvironment, repository: string): string {
  const branches = [
    `deployment_branch_policy[protected_branches]=${refs === undefined}`,
    `deployment_branch_policy[custom_branch_policies]=${refs !== undefined}`,
  ];
  const review = reviewed
    ? ['prevent_self_review=true', 'reviewers[][type]=User', 'reviewers[][id]=REVIEWER_ID']
    : // An empty list: reviewers of before would hold the deploys up.
      ['reviewers[]'];
  const fields = [...branches, ...review].map((field) => ` -F '${field}'`).join('');
  return `gh api --method PUT repos/${repository}/environments/${name}${fields}`;
}
