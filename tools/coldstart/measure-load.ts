import type { OutputFile } from 'esbuild';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { packageFunctions } from '../build/bundle-functions.ts';
import { Failure } from '../lib/failure.ts';
import { isList, isObject, parseJson, type Json } from '../lib/json.ts';
import { lambdaNode } from '../lib/node-runtime.ts';
import { run } from '../lib/process.ts';
import { localEnvironment } from '../local/environment.ts';
import { findCodeResources } from '../template/code-resources.ts';
import { productionStage, readStage } from '../template/read-stages.ts';
import { readTemplate } from '../template/read-template.ts';
import { resolveTemplate } from '../template/resolve-template.ts';
import { lambdaEnvironment, writeLayers, writePackages } from './lambda-folder.ts';

/** A file that a function loads when it starts: its own, as `handler.js`, or one of a layer, as `zod.js`. */
export interface LoadedFile {
  readonly path: string;
  /** Its size; of the function's own without {@link generatedData}. */
  readonly bytes: number;
}

/**
 * Data that `aviary generate` writes beside an entry, as it is imported. It grows with each function that there is, and so
 * counts to no budget: whoever adds a function would break that of another.
 */
const generatedData = ['./filters.json', './checks.json'];

/** Of each function, by name, the files that it loads when it starts, in their order. */
export type Loads = ReadonlyMap<string, readonly LoadedFile[]>;

/** Loads the handler, and says which files that took. */
const program = `
  require('./handler.js');
  const { statSync, writeSync } = require('node:fs');
  const files = Object.keys(require.cache).map((path) => ({ path, bytes: statSync(path).size }));
  writeSync(1, JSON.stringify(files));
  process.exit(0);
`;

/**
 * Builds the functions and layers, and loads each function in a process of its own, as Lambda would in production. What is
 * loaded later, when a request needs it, is not in it.
 * @throws Failure for a function that does not load, with what it said
 */
export async function measureLoads(root: string): Promise<Loads> {
  const stage = readStage(root, productionStage);
  const { resources } = resolveTemplate(readTemplate(join(root, 'template.yaml')), stage.parameters);
  const { functions } = findCodeResources(resources, root);
  // Outside of the repository, whose node_modules would be found otherwise.
  const scratch = await mkdtemp(join(tmpdir(), 'aviary-load-'));
  try {
    const layers = await writeLayers(root, join(scratch, 'opt'));
    const folders = await writePackages(await packageFunctions(functions, root), join(scratch, 'task'));
    const bare = sizesOf(await packageFunctions(functions, root, { external: ['@shared/*', ...generatedData] }));
    const loads = new Map<string, LoadedFile[]>();
    for (const source of functions) {
      const folder = folders.get(source.logicalId) ?? scratch;
      const variables = { ...lambdaEnvironment(source, stage, folder), NODE_PATH: layers };
      const files = await load(source.name, folder, variables);
      const own = bare.get(source.logicalId) ?? 0;
      loads.set(
        source.name,
        files.map((file) => (file.path === 'handler.js' ? { ...file, bytes: own } : file)),
      );
    }
    return loads;
  } finally {
    await rm(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Bytes by logical id. */
function sizesOf(packages: readonly OutputFile[]): ReadonlyMap<string, number> {
  return new Map(packages.map(({ path, contents }) => [basename(path, '.js'), contents.byteLength]));
}

async function load(name: string, cwd: string, variables: Readonly<Record<string, string>>): Promise<LoadedFile[]> {
  const env = { ...localEnvironment('http://127.0.0.1:9'), ...variables };
  const { code, stdout, stderr } = await run(lambdaNode(), ['-e', program], { cwd, env });
  if (code !== 0)
    throw new Failure(`${name} does not load as it is built:\n${stderr}`, 'Mend its entry, and try again.');
  const listed = parseJson(stdout.slice(stdout.lastIndexOf('[')));
  return isList(listed) ? listed.flatMap(loadedFile) : [];
}

function loadedFile(value: Json): LoadedFile[] {
  if (!isObject(value) || typeof value['path'] !== 'string' || typeof value['bytes'] !== 'number') return [];
  return [{ path: value['path'].replace(/^.*[/\\](?:node_modules|task[/\\][^/\\]+)[/\\]/, ''), bytes: value['bytes'] }];
}
