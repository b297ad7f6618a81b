import { closest } from 'fastest-levenshtein';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, TomlError } from 'smol-toml';
import { Failure } from '../lib/failure.ts';
import { previewBlock, previewName, previewStage } from './preview-stage.ts';
import { isJson, isList, isObject, objectAt, stringAt, type Json, type JsonObject } from '../lib/json.ts';

/** A block of samconfig.toml, or a preview that is made from one. */
export interface Stage {
  readonly name: string;
  /** Name of the block, which is what the account is prepared for: its own name, and `preview` of each preview. */
  readonly block: string;
  readonly stackName: string;
  readonly region: string;
  /** The region of samconfig.toml, where this is another one. */
  readonly homeRegion?: string;
  /** The AWS profile of samconfig.toml, where it names one. */
  readonly profile?: string;
  /** Values for the template's parameters. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The block as it stands: `{global, build, deploy, …}`, each with `parameters`. */
  readonly config: JsonObject;
}

/** The stage that runs on this machine. */
export const localStage = 'local';

/** The stage that gets nothing which was not built for the one before it. */
export const productionStage = 'production';

/**
 * Reads the stages of samconfig.toml: every block with a stack name, but for the one of previews.
 * @throws Failure where the file cannot be read
 */
export function readStages(root: string): Map<string, Stage> {
  const stages = readBlocks(root);
  stages.delete(previewBlock);
  return stages;
}

/** What previews are made from. @throws Failure where samconfig.toml does not say it */
export function readPreviewBlock(root: string): Stage {
  const block = readBlocks(root).get(previewBlock);
  if (block) return block;
  throw new Failure(
    'samconfig.toml does not say what a preview is made from.',
    `Add [${previewBlock}.global.parameters] with a stack_name (docs/guide/previews.md).`,
  );
}

function readBlocks(root: string): Map<string, Stage> {
  const stages = new Map<string, Stage>();
  for (const [name, config] of Object.entries(readConfig(root))) {
    const deploy = objectAt(objectAt(config, 'deploy'), 'parameters');
    const all = { ...objectAt(objectAt(config, 'global'), 'parameters'), ...deploy };
    const stackName = stringAt(all, 'stack_name');
    if (!isObject(config) || stackName === undefined) continue;
    const region = stringAt(all, 'region') ?? process.env['AWS_REGION'] ?? 'us-east-1';
    const profile = stringAt(all, 'profile');
    const parameters = overrides(all['parameter_overrides']);
    stages.set(name, {
      name,
      block: name,
      stackName,
      region,
      parameters,
      config,
      ...(profile === undefined ? {} : { profile }),
    });
  }
  return stages;
}

/** One stage by its name, a preview too. @throws Failure that names the nearest stage */
export function readStage(root: string, name: string): Stage {
  if (previewName.test(name)) return previewStage(readPreviewBlock(root), name);
  const stages = readStages(root);
  const stage = stages.get(name);
  if (stage) return stage;
  const names = [...stages.keys()];
  throw new Failure(
    `There is no stage ${name} in samconfig.toml.`,
    names.length === 0
      ? 'Add a block with a stack_name.'
      : `Did you mean ${closest(name, names)}? There are ${names.join(', ')}.`,
  );
}

function readConfig(root: string): JsonObject {
  try {
    const config: unknown = parse(readFileSync(join(root, 'samconfig.toml'), 'utf8'));
    return isJson(config) && isObject(config) ? config : {};
  } catch (cause) {
    const why =
      cause instanceof TomlError ? `line ${cause.line}: ${cause.message.split('\n')[0] ?? ''}` : 'it cannot be read';
    throw new Failure(`samconfig.toml: ${why}.`, 'Run this in the root of the repository, with a samconfig.toml.', {
      cause,
    });
  }
}

/** `["A=1", "B=2"]` or `"A=1 B=2"`, as SAM takes them. */
function overrides(value: Json | undefined): Record<string, string> {
  const words = (text: string): readonly string[] => text.match(/(?:[^\s"]|"[^"]*")+/g) ?? [];
  const pairs = isList(value) ? value.map(String) : typeof value === 'string' ? words(value) : [];
  const split = pairs.map((pair): [string, string] => {
    const at = pair.indexOf('=');
    return [pair.slice(0, at), pair.slice(at + 1).replace(/^"(.*)"$/, '$1')];
  });
  return Object.fromEntries(split);
}
