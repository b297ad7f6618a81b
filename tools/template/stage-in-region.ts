import { objectAt } from '../lib/json.ts';
import type { Stage } from './read-stages.ts';

/**
 * A stage in another region than that of samconfig.toml: a stack and a record of its own, of the same name. What an account
 * has once for all regions (`HomeRegion` in template.yaml) is left to the region of samconfig.toml.
 */
export function stageInRegion(stage: Stage, region: string): Stage {
  if (region === stage.region) return stage;
  const deploy = objectAt(objectAt(stage.config, 'deploy'), 'parameters');
  return {
    ...stage,
    region,
    homeRegion: stage.region,
    parameters: { ...stage.parameters, HomeRegion: 'false' },
    config: { ...stage.config, deploy: { parameters: { ...deploy, region } } },
  };
}

/** What ends the names of things that a region has its own of, and whose names all regions share. */
export function regionSuffix({ region, homeRegion }: Pick<Stage, 'region' | 'homeRegion'>): string {
  return homeRegion === undefined ? '' : `-${region}`;
}
