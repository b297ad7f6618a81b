import { environmentCommand } from '../bootstrap/github-commands.ts';
import { environmentsOf, type GitHubEnvironment } from '../bootstrap/github-environments.ts';
import { deployRoleName, type NamedStage } from '../bootstrap/plan-bootstrap.ts';
import { objectAt } from '../lib/json.ts';
import { missing, notChecked, ok, verdict, type Finding } from './finding.ts';
import { mapOf, type Answer } from './gh.ts';
import { judgeVariable } from './judge-variable.ts';
import { mapsOf, type EnvironmentAnswers, type GitHubState } from './read-github.ts';

/** The environments of a stage: there, open to protected branches alone, waiting where they have to, with their variables. */
export function judgeEnvironments(stage: NamedStage, { repository, environments }: GitHubState): Finding[] {
  return environmentsOf(stage.stage.name).flatMap((environment) => {
    const answers = environments[environment.name];
    return answers === undefined ? [] : judge(environment, answers, stage, repository);
  });
}

function judge(
  environment: GitHubEnvironment,
  { settings, variables }: EnvironmentAnswers,
  { stage, app }: NamedStage,
  repository: string,
): Finding[] {
  const { name, role } = environment;
  const check = `Environment ${name}`;
  const make = environmentCommand(environment, repository);
  if (settings.state === 'unreadable') return [notChecked(check, settings.why)];
  if (settings.state === 'absent') return [missing(check, 'It is not there.', make)];
  const shared = { where: check, flags: ` --env ${name}`, repository };
  const roleName = `${deployRoleName(app, stage.name)}${role === 'read' ? '-Read' : ''}`;
  return [
    ok(check),
    verdict(
      `${check}: branches`,
      takesProtectedBranches(settings) ? undefined : 'It takes other than protected branches.',
      make,
    ),
    reviewers(environment, settings, make),
    ...(role === undefined
      ? []
      : [
          judgeVariable({ ...shared, name: 'AWS_ROLE_ARN', wanted: { role: roleName } }, variables['AWS_ROLE_ARN']),
          judgeVariable({ ...shared, name: 'AWS_REGION', wanted: { value: stage.region } }, variables['AWS_REGION']),
        ]),
  ];
}

function reviewers({ name, reviewed }: GitHubEnvironment, settings: Answer, make: string): Finding {
  const check = `Environment ${name}: reviewers`;
  const rule = mapsOf(mapOf(settings)['protection_rules']).find(({ type }) => type === 'required_reviewers');
  const count = mapsOf(rule?.['reviewers']).length;
  if (!reviewed) {
    const problem = count === 0 ? undefined : 'It waits for a reviewer, and holds up the deploys behind it meanwhile.';
    return verdict(check, problem, make);
  }
  const problem =
    count === 0
      ? 'It waits for nobody.'
      : rule?.['prevent_self_review'] === true
        ? undefined
        : 'Who started a deploy may approve it.';
  const who =
    problem === undefined ? undefined : `${problem} REVIEWER_ID is the answer to: gh api users/<name> --jq .id.`;
  return verdict(check, who, make);
}

function takesProtectedBranches(settings: Answer): boolean {
  const policy = objectAt(mapOf(settings), 'deployment_branch_policy');
  return policy['protected_branches'] === true && policy['custom_branch_policies'] === false;
}
