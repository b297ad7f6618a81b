import { shortRelease } from '../plan/recorded-block.ts';
import type { DeployResult } from '../stack/deploy-stage.ts';
import { countChanges, shortCommit } from './describe-plan.ts';

/** The summary of a deploy for people. */
export function describeDeploy({ plan, deployed, functions, uploads, health, took }: DeployResult): string {
  if (!deployed)
    return `Nothing to deploy: ${plan.stage} runs what the tree asks for, at ${shortCommit(plan.commit)}.\n`;
  const width = Math.max(8, ...functions.map(({ name }) => name.length));
  const rows = functions.map(({ name, release, version }) => {
    return `  ${name.padEnd(width)}  ${release.slice(0, shortRelease)}  version ${version ?? '?'}`;
  });
  const part = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
  return [
    `Deployed to ${plan.stage}: ${functions.length} of ${plan.items.filter(({ kind }) => kind === 'function').length} functions (planned: ${countChanges(plan)}).`,
    ...rows,
    `  ${uploads.length} ${uploads.length === 1 ? 'upload' : 'uploads'}; plan ${part(took.plan)}, build ${part(took.build)}, deploy ${part(took.deploy)}, check ${part(took.check)}`,
    ...(health
      ? [health.ok ? `  healthy: ${health.url}` : `  NOT healthy: ${health.url} (${health.problem ?? ''})`]
      : []),
    '',
  ].join('\n');
}
