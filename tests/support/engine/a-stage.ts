import type { Stage } from '../../../tools/template/read-stages.ts';

/** A stage of samconfig.toml, without parameters and settings. */
export function aStage(name: string, more: Partial<Stage> = {}): Stage {
  return { name, block: name, stackName: `aviary-${name}`, region: 'eu-west-1', parameters: {}, config: {}, ...more };
}
