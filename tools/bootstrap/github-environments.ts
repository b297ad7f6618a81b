import { previewBlock } from '../template/preview-stage.ts';
import { productionStage } from '../template/read-stages.ts';

/** An environment of the GitHub repository. */
export interface GitHubEnvironment {
  readonly name: string;
  /** The role that is bound to it, whose variables it has; undefined where it is there for the approval alone. */
  readonly role: 'deploy' | 'read' | undefined;
  /** Whether a job in it waits for a reviewer. */
  readonly reviewed: boolean;
  /** Patterns of the refs that may use it; undefined for protected branches alone. */
  readonly refs?: readonly string[];
}

/**
 * The environments of a stage. The approval has one of its own: a job that waits for a reviewer holds its concurrency
 * group, and each deploy of the stage behind it.
 */
export function environmentsOf(stage: string): GitHubEnvironment[] {
  // A pull request deploys its preview, and main sweeps; nothing looks for drift.
  if (stage === previewBlock)
    return [{ name: stage, role: 'deploy', reviewed: false, refs: ['refs/pull/*/merge', 'main'] }];
  return [
    { name: stage, role: 'deploy', reviewed: false },
    ...(stage === productionStage ? [{ name: `${stage}-approval`, role: undefined, reviewed: true }] : []),
    { name: `${stage}-read`, role: 'read', reviewed: false },
  ];
}
