import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify as toToml } from 'smol-toml';
import { objectAt, type Json, type JsonObject } from '../lib/json.ts';
import { partToBuild } from '../stacks/part-to-build.ts';
import { isPlaced } from '../stacks/placement.ts';
import { deployedFile } from '../stacks/split-build.ts';
import type { Stage } from '../template/read-stages.ts';
import { writeTemplate } from '../template/write-template.ts';

/** Where the files of a deploy are, as paths from the root. */
export interface Composed {
  readonly folder: string;
  readonly template: string;
  /** What `sam build` reads of a template that has functions in nested stacks; of any other it reads the whole. */
  readonly part: string;
  readonly samconfig: string;
  readonly buildFolder: string;
  readonly packageFolder: string;
  /** The commands, to be run in the root of the repository. */
  readonly build: readonly string[];
  readonly deploy: readonly string[];
}

/** The way from {@link Composed.folder} back to the root. */
export const composedPrefix = '../../../';

/** Where a stage's composed template goes. */
export function composedFiles(stage: Stage): Composed {
  const folder = `.aviary/deploy/${stage.name}`;
  const samconfig = `${folder}/samconfig.toml`;
  const config = ['--config-file', samconfig, '--config-env', stage.name];
  return {
    folder,
    template: `${folder}/template.yaml`,
    part: `${folder}/part.yaml`,
    samconfig,
    buildFolder: `${folder}/build`,
    packageFolder: `${folder}/packages`,
    build: ['build', ...config],
    deploy: ['deploy', ...config],
  };
}

/** Clears away what a former deploy of the stage left. */
export function emptyComposed(root: string, stage: Stage): void {
  const { folder } = composedFiles(stage);
  rmSync(join(root, folder), { recursive: true, force: true });
  mkdirSync(join(root, folder), { recursive: true });
}

/**
 * Writes a composed template with the samconfig that builds and deploys it: the stage's block of the root's samconfig,
 * with the paths put in, so that plain `sam build` and `sam deploy` do the rest. Where functions are placed in nested stacks, the
 * one builds a part, and the other deploys what `splitBuild` makes of that and the whole.
 * @param deployParameters more of `[<stage>.deploy.parameters]`, such as the bucket
 */
export function writeComposed(
  root: string,
  stage: Stage,
  template: JsonObject,
  deployParameters: JsonObject = {},
): Composed {
  const files = composedFiles(stage);
  mkdirSync(join(root, files.folder), { recursive: true });
  writeTemplate(join(root, files.template), template);
  if (isPlaced(template)) writeTemplate(join(root, files.part), partToBuild(template));
  const template_file = isPlaced(template) ? files.part : files.template;
  const declared = objectAt(template, 'Parameters');
  const open = Object.entries(stage.parameters).filter(([name]) => declared[name] !== undefined);
  const overrides: Json = open.map(([name, value]) => `${name}=${value}`);
  const { parameter_overrides: _, ...deploy } = parametersOf(stage, 'deploy');
  const config = {
    version: 0.1,
    [stage.name]: {
      ...stage.config,
      build: { parameters: { ...parametersOf(stage, 'build'), template_file, build_dir: files.buildFolder } },
      deploy: {
        parameters: {
          ...deploy,
          template_file: `${files.buildFolder}/${deployedFile(template)}`,
          confirm_changeset: false,
          fail_on_empty_changeset: false,
          ...(open.length > 0 ? { parameter_overrides: overrides } : {}),
          ...deployParameters,
        },
      },
    },
  };
  writeFileSync(join(root, files.samconfig), toToml(config));
  return files;
}

const parametersOf = ({ config }: Stage, command: string): JsonObject =>
  objectAt(objectAt(config, command), 'parameters');
