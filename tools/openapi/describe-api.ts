import { build } from 'esbuild';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { compiling } from '../build/compile-failure.ts';
import { objectAt, parseJson, type JsonObject } from '../lib/json.ts';
import { run } from '../lib/process.ts';
import { functionNames } from '../scaffold/names.ts';

/** What is made from the `openapi.ts` of all functions. */
export interface ApiFacts {
  /** The OpenAPI document. */
  readonly document: JsonObject;
  /** The gateway's models by name, as draft 4 of JSON Schema. */
  readonly models: JsonObject;
}

/**
 * Reads what the functions that have an `openapi.ts` say of their routes; undefined where none has.
 * @param folders of the functions, from the root
 * @throws Failure where one of them does not compile
 */
export async function describeApi(folders: readonly string[], root: string): Promise<ApiFacts | undefined> {
  const described = folders.filter((folder) => existsSync(join(root, folder, 'openapi.ts')));
  if (described.length === 0) return undefined;
  const scratch = mkdtempSync(join(tmpdir(), 'aviary-openapi-'));
  try {
    const program = join(scratch, 'document.mjs');
    writeFileSync(program, await bundle(described, root));
    const { code, stdout, stderr } = await run(process.execPath, [program], { cwd: root });
    if (code !== 0) throw new Error(`The OpenAPI document could not be made:\n${stderr}`);
    const facts = parseJson(stdout);
    return { document: objectAt(facts, 'document'), models: objectAt(facts, 'models') };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** A program of its own: what the functions import reaches Lambda, and is nothing for this process to load. */
async function bundle(folders: readonly string[], root: string): Promise<string> {
  const names = folders.map((folder) => functionNames(basename(folder)));
  const lines = folders.flatMap((folder, at) => [
    `import { api as api${at} } from './${folder}/openapi.ts';`,
    `import { ${names[at]?.camel ?? ''}Routes as accesses${at} } from './${folder}/routes.ts';`,
  ]);
  const apis = names.map(({ name }, at) => `${JSON.stringify(name)}: { ...api${at}, accesses: accesses${at} }`);
  const contents = [
    ...lines,
    "import { openApiDocument } from './tools/openapi/document.ts';",
    "import { gatewayModels } from './tools/openapi/gateway-models.ts';",
    "import { publicErrors } from '@shared/errors/public-error';",
    `const apis = { ${apis.join(', ')} };`,
    'const facts = { document: openApiDocument(apis, publicErrors()), models: gatewayModels(apis) };',
    'process.stdout.write(JSON.stringify(facts));',
  ].join('\n');
  const { outputFiles } = await compiling(
    build({
      stdin: { contents, resolveDir: root, loader: 'ts' },
      absWorkingDir: root,
      bundle: true,
      platform: 'node',
      format: 'esm',
      write: false,
      logLevel: 'silent',
    }),
  );
  return outputFiles[0]?.text ?? '';
}
