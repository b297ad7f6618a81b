import { join } from 'node:path';
import { isList, isObject, objectAt, stringAt, textOf, type Json, type JsonObject } from '../lib/json.ts';
import type { Stage } from '../template/read-stages.ts';
import { readTemplate } from '../template/read-template.ts';
import { resolveTemplate } from '../template/resolve-template.ts';

/** A resource of a stage, of the root template or of one that it nests. */
export interface StageResource {
  /** `Users`, or with the stack that it stands in `Internet/Gateway`. */
  readonly where: string;
  readonly type: string;
  readonly properties: JsonObject;
}

/**
 * Every resource that a stage has, its conditions and parameters resolved, those of nested stacks included.
 * @throws Failure as `resolveTemplate`
 */
export function stageResources(root: string, stage: Stage): StageResource[] {
  return resourcesOf(root, 'template.yaml', stage.parameters, '');
}

function resourcesOf(
  root: string,
  path: string,
  parameters: Readonly<Record<string, string>>,
  prefix: string,
): StageResource[] {
  const { resources } = resolveTemplate(readTemplate(join(root, path), path), parameters);
  return Object.entries(resources).flatMap(([logicalId, block]) => {
    const [type, properties] = [stringAt(block, 'Type') ?? '', objectAt(block, 'Properties')];
    const nested = type === 'AWS::CloudFormation::Stack' ? stringAt(properties, 'TemplateURL') : undefined;
    if (nested === undefined) return [{ where: `${prefix}${logicalId}`, type, properties }];
    const given = Object.entries(objectAt(properties, 'Parameters')).map(([name, value]): [string, string] => [
      name,
      stand(value),
    ]);
    return resourcesOf(root, nested, Object.fromEntries(given), `${logicalId}/`);
  });
}

/** A text that stands for a value which is known in an account alone: of as many parts, and with the name that it refers to. */
function stand(value: Json): string {
  if (isList(value)) return value.map(stand).join('.');
  if (!isObject(value)) return textOf(value);
  const join = value['Fn::Join'];
  if (isList(join) && isList(join[1])) return join[1].map(stand).join(textOf(join[0] ?? ''));
  return Object.values(value).map(stand).join('.');
}
