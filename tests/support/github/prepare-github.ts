import { githubCommands, stagesCommand } from '../../../tools/bootstrap/github-commands.ts';
import { planBootstrap, type NamedStage } from '../../../tools/bootstrap/plan-bootstrap.ts';
import type { FakeGitHub } from './fake-github.ts';

const repository = { organization: 'birds', repository: 'aviary', organizationId: '12', repositoryId: '34' };

/** Types a command with its blanks filled in. */
export async function typeFilled(github: FakeGitHub, command: string, cwd: string): Promise<void> {
  await github.type(command.replace('REVIEWER_ID', '7').replace('ACCOUNT', '123456789012'), cwd);
}

/** Types the commands that `aviary bootstrap` prints for the stages, sets the ruleset, and switches the scans on. */
export async function prepareGitHub(github: FakeGitHub, stages: readonly NamedStage[], root: string): Promise<void> {
  const account = { id: '123456789012', partition: 'aws', hasProvider: true, providerOwners: [] };
  const commands = [
    ...planBootstrap(account, stages, repository).flatMap((stage) => githubCommands(stage, repository)),
    stagesCommand(
      stages.map(({ stage }) => stage.name),
      repository,
    ),
    'gh api --method POST repos/birds/aviary/rulesets --input .github/rulesets/main.json',
  ];
  for (const command of commands) await typeFilled(github, command, root);
  github.change((state) => {
    state.alerts = true;
    state.analysis = { secret_scanning: 'enabled', secret_scanning_push_protection: 'enabled' };
  });
}
