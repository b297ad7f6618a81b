import type { NamedStage } from '../bootstrap/plan-bootstrap.ts';
import { deployRoleName } from '../bootstrap/plan-bootstrap.ts';
import { objectAt, stringAt, type Json } from '../lib/json.ts';
import { productionStage } from '../template/read-stages.ts';
import { missing, notChecked, ok, verdict, type Finding } from './finding.ts';
import { mapOf } from './gh.ts';
import { judgeEnvironments } from './judge-environments.ts';
import { judgeRules } from './judge-rules.ts';
import { judgeVariable, type WantedVariable } from './judge-variable.ts';
import type { GitHubState } from './read-github.ts';

/** What GitHub lacks for the workflows to deploy the stages. @param rules those of .github/rulesets/main.json */
export function judgeGitHub(state: GitHubState, stages: readonly NamedStage[], rules: readonly Json[]): Finding[] {
  const { repository, settings } = state;
  const check = `GitHub: ${repository}`;
  if (settings.state === 'unreadable') return [notChecked(check, settings.why)];
  if (settings.state === 'absent') {
    return [
      missing(
        check,
        'It is not there, or you may not see it.',
        'Name the right one: --repository owner/name, or sign in.',
      ),
    ];
  }
  return [
    ok(check),
    judgeVariable(
      {
        name: 'AVIARY_STAGES',
        where: 'Deploys',
        flags: '',
        repository,
        wanted: { names: stages.map(({ stage }) => stage.name) },
      },
      state.variables['AVIARY_STAGES'],
    ),
    ...stages.flatMap((stage) => judgeEnvironments(stage, state)),
    ...stages.flatMap((stage) => pullRequests(stage, state)),
    ...judgeRules(state, rules),
    ...security(state),
  ];
}

/** Pull requests look at a stage before production. */
function pullRequests({ stage, app }: NamedStage, { repository, variables }: GitHubState): Finding[] {
  if (stage.name === productionStage) return [];
  const judge = (name: string, wanted: WantedVariable['wanted']): Finding =>
    judgeVariable({ name, where: 'Pull requests', flags: '', repository, wanted }, variables[name]);
  return [
    judge('AWS_PULL_REQUEST_ROLE_ARN', { role: `${deployRoleName(app, stage.name)}-PullRequest` }),
    judge('AWS_REGION', { value: stage.region }),
    judge('AWS_PULL_REQUEST_STACK', { value: stage.stackName }),
  ];
}

/** GitHub shows these to administrators of the repository alone. */
function security({ repository, settings, alerts }: GitHubState): Finding[] {
  const names = ['Dependabot alerts', 'Secret scanning', 'Secret scanning: push protection'];
  if (objectAt(mapOf(settings), 'permissions')['admin'] !== true)
    return names.map((name) => notChecked(name, 'GitHub shows it to administrators of the repository.'));
  const analysis = objectAt(mapOf(settings), 'security_and_analysis');
  const scanning = (name: string, key: string): Finding =>
    verdict(
      name,
      stringAt(objectAt(analysis, key), 'status') === 'enabled' ? undefined : 'It is off.',
      `gh api --method PATCH repos/${repository} -f 'security_and_analysis[${key}][status]=enabled'`,
    );
  return [
    alerts.state === 'unreadable'
      ? notChecked('Dependabot alerts', alerts.why)
      : verdict(
          'Dependabot alerts',
          alerts.state === 'there' ? undefined : 'They are off.',
          `gh api --method PUT repos/${repository}/vulnerability-alerts`,
        ),
    scanning('Secret scanning', 'secret_scanning'),
    scanning('Secret scanning: push protection', 'secret_scanning_push_protection'),
  ];
}
