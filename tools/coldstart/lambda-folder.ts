import type { OutputFile } from 'esbuild';
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { layerBuilders, writeLayer } from '../build/build-layer.ts';
import { layerModules } from '../build/layer-options.ts';
import { objectAt, type Json } from '../lib/json.ts';
import type { FunctionSource } from '../template/code-resources.ts';
import type { Stage } from '../template/read-stages.ts';

/**
 * Unpacks packages as Lambda does, each in a folder of its own, with its one file.
 * @param packages `<logical id>.js` each
 * @returns the folder of each, by logical id
 */
export async function writePackages(packages: readonly OutputFile[], folder: string): Promise<Map<string, string>> {
  const folders = new Map<string, string>();
  for (const { path, contents } of packages) {
    const logicalId = basename(path, '.js');
    const own = join(folder, logicalId);
    await mkdir(own, { recursive: true });
    await writeFile(join(own, 'handler.js'), contents);
    folders.set(logicalId, own);
  }
  return folders;
}

/** Builds layers into one folder, as Lambda unpacks them into /opt. @returns what goes into NODE_PATH */
export async function writeLayers(root: string, folder: string, names = Object.keys(layerBuilders)): Promise<string> {
  for (const name of names) await writeLayer((await layerBuilders[name]?.(root)) ?? new Map(), folder);
  return join(folder, layerModules);
}

/**
 * The variables that a function starts with: its own, and those that Lambda sets and its code looks at. What is known only in
 * an account (a table's name, say) is there, with a value that means nothing.
 * (AWS Lambda Developer Guide, "Defined runtime environment variables".)
 */
export function lambdaEnvironment(source: FunctionSource, stage: Stage, folder: string): Record<string, string> {
  const { name, block } = source;
  const properties = objectAt(block, 'Properties');
  const variables = Object.entries(objectAt(objectAt(properties, 'Environment'), 'Variables'));
  return {
    ...Object.fromEntries(variables.map(([key, value]) => [key, known(value, key)])),
    _HANDLER: 'handler.handler',
    LAMBDA_TASK_ROOT: folder,
    AWS_EXECUTION_ENV: `AWS_Lambda_${known(properties['Runtime'] ?? '', 'nodejs')}`,
    AWS_LAMBDA_FUNCTION_NAME: `${name}-${stage.name}`,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: known(properties['MemorySize'] ?? '', '128'),
    AWS_LAMBDA_FUNCTION_VERSION: '1',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_REGION: stage.region,
    TZ: ':UTC',
  };
}

function known(value: Json, otherwise: string): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : otherwise;
}
