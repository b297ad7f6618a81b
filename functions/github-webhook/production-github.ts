import { SecretShapeError } from '@shared/config/secret';
import type { DeployStarter } from './deploy-starter.ts';
import type { environment } from './environment.ts';
import { gitHubApi } from './github-api.ts';
import { gitHubCompare, type ComparePaths } from './github-compare.ts';
import { gitHubWorkflow } from './github-workflow.ts';

type Settings = Pick<typeof environment, 'DEPLOY_WITH' | 'DEPLOY_REPOSITORY' | 'DEPLOY_WORKFLOW'>;

/** GitHub in production; in the local stage, which calls nobody outside this machine, nothing is compared. */
export function productionGitHub(
  settings: Settings,
  token: () => Promise<string>,
): { readonly workflow: DeployStarter; readonly compare: ComparePaths } {
  const present = async (): Promise<string> => {
    const value = await token();
    if (value === '') throw new SecretShapeError('The secret of the webhook has no githubToken yet');
    return value;
  };
  const call = gitHubApi('https://api.github.com', present);
  const compare = gitHubCompare(call, settings.DEPLOY_REPOSITORY);
  return {
    workflow: gitHubWorkflow(call, settings.DEPLOY_REPOSITORY, settings.DEPLOY_WORKFLOW),
    compare: settings.DEPLOY_WITH === 'log' ? () => Promise.resolve(undefined) : compare,
  };
}
