import { ConflictError } from '@shared/errors/app-error';
import type { DeployStarter } from './deploy-starter.ts';
import { GitHubRefusedError, type GitHubApi } from './github-api.ts';

/**
 * Starts a workflow of the repository, which has to have `workflow_dispatch` and no required input.
 * @param repository `owner/name`
 * @param workflow name of its file under .github/workflows
 */
export function gitHubWorkflow(call: GitHubApi, repository: string, workflow: string): DeployStarter {
  const path = `/repos/${repository}/actions/workflows/${encodeURIComponent(workflow)}/dispatches`;
  return {
    start: async ({ ref }) => {
      try {
        await call(path, { ref: ref.replace(/^refs\/heads\//, '') });
      } catch (cause) {
        // Deleted since, most likely; GitHub says the same of a workflow that cannot be dispatched.
        const refused = cause instanceof GitHubRefusedError && cause.status === 422;
        throw refused ? new ConflictError('GitHub starts nothing for this branch', [], { cause }) : cause;
      }
    },
  };
}
