import { join } from 'node:path';
import { Failure } from '../lib/failure.ts';
import { isObject, objectAt, parseJson, stringAt, stringsOf, textOf, type JsonObject } from '../lib/json.ts';
import type { Stage } from '../template/read-stages.ts';
import { readTemplate } from '../template/read-template.ts';
import { resolveTemplate } from '../template/resolve-template.ts';

/** A setting as infra/config.yaml declares it for a stage. */
export interface DeclaredSetting {
  /** `orders/maxLines` */
  readonly name: string;
  /** Its name in SSM: `/aviary/staging/orders/maxLines`. */
  readonly parameter: string;
  readonly value: string;
  readonly pattern: RegExp;
  readonly description: string;
}

/** The flags as infra/config.yaml declares them for a stage, and by which names AppConfig has them. */
export interface DeclaredFlags {
  readonly application: string;
  readonly environment: string;
  readonly profile: string;
  readonly strategies: { readonly gradually: string; readonly atOnce: string };
  /** The first version of the flags: `{version, flags, values}`. */
  readonly document: JsonObject;
}

export interface DeclaredConfiguration {
  readonly settings: readonly DeclaredSetting[];
  readonly flags: DeclaredFlags;
}

/** Reads what a stage begins with. @throws Failure for a template without the stack `Config` */
export function readDeclared(root: string, stage: Stage): DeclaredConfiguration {
  const { resources } = resolveTemplate(readTemplate(join(root, 'template.yaml'), 'template.yaml'), stage.parameters);
  const stack = objectAt(resources['Config'], 'Properties');
  const path = stringAt(stack, 'TemplateURL');
  if (path === undefined) {
    throw new Failure('template.yaml has no stack Config.', 'It says what may change without a deploy.');
  }
  const given = Object.entries(objectAt(stack, 'Parameters')).map(([name, value]) => [name, textOf(value)] as const);
  const config = resolveTemplate(readTemplate(join(root, path), path), Object.fromEntries(given)).resources;
  const blocks = Object.values(config);
  return { settings: blocks.flatMap(settingOf), flags: flagsOf(config) };
}

function settingOf(block: JsonObject): DeclaredSetting[] {
  if (block['Type'] !== 'AWS::SSM::Parameter') return [];
  const { Name = '', Value = '', AllowedPattern = '', Description = '' } = stringsOf(block['Properties']);
  const [, , , ...name] = Name.split('/');
  return [
    {
      name: name.join('/'),
      parameter: Name,
      value: Value,
      pattern: new RegExp(AllowedPattern),
      description: Description,
    },
  ];
}

function flagsOf(config: Readonly<Record<string, JsonObject>>): DeclaredFlags {
  const nameOf = (id: string): string => stringAt(objectAt(config[id], 'Properties'), 'Name') ?? '';
  const content = parseJson(stringAt(objectAt(config['FlagsVersion'], 'Properties'), 'Content') ?? '{}');
  return {
    application: nameOf('FlagsApplication'),
    environment: nameOf('FlagsEnvironment'),
    profile: nameOf('FlagsProfile'),
    strategies: { gradually: nameOf('FlagsGradually'), atOnce: nameOf('FlagsAtOnce') },
    document: isObject(content) ? content : {},
  };
}
