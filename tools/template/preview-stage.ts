import { isList, objectAt } from '../lib/json.ts';
import type { Stage } from './read-stages.ts';

/** The block of samconfig.toml that previews of pull requests are made from; no stage has this name. */
export const previewBlock = 'preview';

/** `pr-123`, after the pull request; AllowedPattern of `Stage` in template.yaml has the same. */
export const previewName = /^pr-([1-9]\d{0,5})$/;

/** Whether a stage goes again, with all that it has. */
export function isPreview({ block }: Pick<Stage, 'block'>): boolean {
  return block === previewBlock;
}

/** Where a stage's objects are in its artifact bucket, which all previews share; empty for the whole bucket. */
export function artifactPrefix(stage: Pick<Stage, 'block' | 'name'>): string {
  return isPreview(stage) ? `${stage.name}/` : '';
}

/**
 * One preview: the block `preview` with a stack, names, a place in the bucket and tags of its own.
 * @param tags more of them, such as `expires=2026-12-24`
 */
export function previewStage(base: Stage, name: string, tags: readonly string[] = []): Stage {
  const stackName = `${base.stackName}-${name}`;
  const deploy = objectAt(objectAt(base.config, 'deploy'), 'parameters');
  const shared = isList(deploy['tags']) ? deploy['tags'] : [];
  const own = {
    stack_name: stackName,
    s3_prefix: name,
    tags: [...shared, `pull-request=${name.replace(previewName, '$1')}`, ...tags],
  };
  return {
    ...base,
    name,
    stackName,
    parameters: { ...base.parameters, Stage: name },
    config: { ...base.config, deploy: { parameters: { ...deploy, ...own } } },
  };
}
