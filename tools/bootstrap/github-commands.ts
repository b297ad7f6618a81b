import type { BootstrapStage } from './plan-bootstrap.ts';
import type { GitHubRepository } from './repository.ts';

/**
 * The `gh` commands that give GitHub what the workflows need: an environment per stage with its variables, and for pull
 * requests, which run in no environment, variables of the repository. None of the values is a secret.
 */
export function githubCommands(stage: BootstrapStage, { organization, repository }: GitHubRepository): string[] {
  const name = `${organization}/${repository}`;
  const variable = (key: string, value: string, where: string): string =>
    `gh variable set ${key} --repo ${name}${where} --body ${value}`;
  const inStage = ` --env ${stage.stage}`;
  return [
    environment(stage.stage, name),
    variable('AWS_ROLE_ARN', stage.deployRoleArn, inStage),
    variable('AWS_REGION', stage.region, inStage),
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

/**
 * Only protected branches may use an environment: otherwise whoever may push a branch could deploy from it. Production
 * waits for a reviewer besides. (GitHub REST API, "Create or update an environment".)
 */
function environment(stage: string, repository: string): string {
  const branches = [
    'deployment_branch_policy[protected_branches]=true',
    'deployment_branch_policy[custom_branch_policies]=false',
  ];
  const review =
    stage === 'production' ? ['prevent_self_review=true', 'reviewers[][type]=User', 'reviewers[][id]=REVIEWER_ID'] : [];
  const fields = [...branches, ...review].map((field) => ` -F '${field}'`).join('');
  return `gh api --method PUT repos/${repository}/environments/${stage}${fields}`;
}
