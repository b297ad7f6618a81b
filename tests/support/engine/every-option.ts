import { join } from 'node:path';
import { isObject, objectAt, stringAt, type JsonObject } from '../../../tools/lib/json.ts';
import { nestedResources } from '../../../tools/template/nested-templates.ts';
import { readStage } from '../../../tools/template/read-stages.ts';
import { readTemplate } from '../../../tools/template/read-template.ts';
import { resolveTemplate } from '../../../tools/template/resolve-template.ts';
import { readTree } from '../../../tools/tree/read-tree.ts';
import type { Tree } from '../../../tools/tree/tree.ts';
import { repository } from './a-folder.ts';
import { firstDeploy } from './stack-model.ts';
import { resourcesOf, translate } from './translate.ts';

/** Every costly part, switched on. */
export const everyOption = {
  EncryptionKey: 'customer',
  Waf: 'on',
  Vpc: 'on',
  Nat: 'on',
  Redis: 'on',
  ReservedConcurrency: '100',
  ProvisionedConcurrency: 'on',
  TableCapacity: 'provisioned',
} as const;

/** A resource as CloudFormation gets it, of the root or of a nested stack. */
export interface StageResource {
  /** `Users`, or in a nested stack `Data.Table`. */
  readonly id: string;
  readonly type: string;
  readonly properties: JsonObject;
}

/** The tree for a stage, with some parameters otherwise, as of one commit whatever is checked out. */
export async function treeOf(stage: string, overrides: Readonly<Record<string, string>> = {}): Promise<Tree> {
  const { parameters, ...rest } = readStage(repository, stage);
  const tree = await readTree(repository, { ...rest, parameters: { ...parameters, ...overrides } });
  return { ...tree, commit: 'a'.repeat(40) };
}

/** A stage, or a preview, with some parameters otherwise. */
export interface StageChoice {
  readonly stage: string;
  readonly overrides?: Readonly<Record<string, string>>;
}

/** Of each choice of parameters all resources of a stage: see {@link resourcesOfStages}. */
export const resourcesOfStage = (
  stage: string,
  choices: readonly Readonly<Record<string, string>>[],
): Promise<StageResource[][]> => resourcesOfStages(choices.map((overrides) => ({ stage, overrides })));

/** All resources of each stage: of the root as the SAM translator makes them, and of the nested stacks. */
export async function resourcesOfStages(choices: readonly StageChoice[]): Promise<StageResource[][]> {
  const trees = await Promise.all(choices.map(({ stage, overrides }) => treeOf(stage, overrides)));
  const roots = translate(trees.map(firstDeploy));
  return choices.map(({ stage, overrides }, at) => {
    const given = { ...readStage(repository, stage).parameters, ...overrides };
    const { resources } = resolveTemplate(readTemplate(join(repository, 'template.yaml')), given);
    const nested = nestedResources(repository, resources);
    return [
      ...described(resourcesOf(roots[at] ?? {}), ''),
      ...Object.entries(nested).flatMap(([id, resources]) => described(resources, `${id}.`)),
    ];
  });
}

function described(resources: Readonly<Record<string, JsonObject>>, prefix: string): StageResource[] {
  return Object.entries(resources).flatMap(([id, block]) => {
    const type = stringAt(block, 'Type');
    return type === undefined || !isObject(block)
      ? []
      : [{ id: `${prefix}${id}`, type, properties: objectAt(block, 'Properties') }];
  });
}
