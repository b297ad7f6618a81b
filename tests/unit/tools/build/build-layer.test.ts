import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import {
  buildDependenciesLayer,
  buildSharedLayer,
  compileSharedModules,
  hashFiles,
  layerBuilders,
  writeLayer,
  type LayerFiles,
} from '../../../../tools/build/build-layer.ts';
import { readDependencyEntries } from '../../../../tools/build/dependency-entries.ts';
import { readLockedPackages } from '../../../../tools/build/locked-packages.ts';
import { aFolder, aRepository, repository } from '../../../support/engine/a-folder.ts';
import { rejectionOf } from '../../../support/engine/failure-of.ts';

const modules = 'nodejs/node_modules/';

/** Another folder with the sources of the layers of this repository, and copies of the packages in them. */
async function aClone(): Promise<string> {
  const root = aFolder();
  const lookUp = readLockedPackages(repository);
  const packages = Object.keys(await readDependencyEntries(repository)).flatMap((path) =>
    Object.keys(lookUp(path).closure),
  );
  for (const path of ['layers', 'tsconfig.json', 'package.json', ...new Set(packages)])
    cpSync(join(repository, path), join(root, path), { recursive: true });
  return root;
}

describe('the layers of this repository', () => {
  let dependencies: LayerFiles;
  let shared: LayerFiles;
  let clone: string;
  beforeAll(async () => {
    clone = await aClone();
    [dependencies, shared] = await Promise.all([buildDependenciesLayer(repository), buildSharedLayer(repository)]);
  });

  it('are built by the names of their folders', () => {
    expect(layerBuilders).toEqual({ dependencies: buildDependenciesLayer, shared: buildSharedLayer });
  });

  it('are the same, byte for byte, when they are built in another folder', async () => {
    const [one, two] = await Promise.all([buildDependenciesLayer(clone), buildSharedLayer(clone)]);

    expect(hashFiles(one)).toEqual(hashFiles(dependencies));
    expect(hashFiles(two)).toEqual(hashFiles(shared));
  });

  it('are of few files and below 1.3 MB each', () => {
    for (const layer of [dependencies, shared]) {
      const bytes = [...layer.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
      expect(layer.size).toBeLessThanOrEqual(80);
      expect(bytes).toBeLessThan(1.3 * 1024 * 1024);
    }
  });

  it('load packages by require, also those that are loaded late: import() does not find them', () => {
    expect(shared.get(`${modules}shared-layer.js`)).toContain('require("ioredis")');
    expect([...shared.values()].filter((text) => /\bimport\(/.test(text))).toEqual([]);
  });

  it('send a request without an import(), for which Node.js would load every client that it has itself', () => {
    expect([...dependencies.values()].filter((text) => /\bimport\(/.test(text))).toEqual([]);
  });

  it('have everything where require finds it, and no source map', () => {
    for (const [path, text] of [...dependencies, ...shared]) {
      expect(path).toMatch(/^nodejs\/node_modules\/.+\.js$/);
      expect([path, text.includes('sourceMappingURL')]).toEqual([path, false]);
    }
  });

  it('have an entry per import path and per shared module', () => {
    const entries = [...dependencies.keys()].filter((path) => !path.includes('/chunks/'));

    expect(entries).toContain(`${modules}zod.js`);
    expect(entries).toContain(`${modules}@aws-sdk/client-dynamodb.js`);
    expect([...shared.keys()]).toContain(`${modules}@shared/http/respond.js`);
    expect([...shared.keys()].filter((path) => !path.startsWith(`${modules}@shared/`))).toEqual([
      `${modules}shared-layer.js`,
    ]);
  });

  it('say nothing of the folder that they were built in', () => {
    const texts = [...dependencies, ...shared];

    expect(texts.filter(([, text]) => text.includes(repository)).map(([path]) => path)).toEqual([]);
  });

  it('load, each file by itself, and export the listed names', async () => {
    const folder = aFolder();
    await writeLayer(dependencies, folder);
    await writeLayer(shared, folder);
    const wanted = await exportsOf(['layers/dependencies/src/**/*.ts', 'layers/shared/src/**/*.ts']);
    // A child process, since jest's own require reads no NODE_PATH; an empty cache for each, as a function would have.
    const load = `const found = {};
      for (const path of process.argv.slice(1)) {
        for (const file of Object.keys(require.cache)) delete require.cache[file];
        found[path] = Object.keys(require(path)).sort();
      }
      require('node:fs').writeFileSync('found.json', JSON.stringify(found));`;
    const env = {
      ...process.env,
      NODE_PATH: join(folder, modules),
      STAGE: 'local',
      POWERTOOLS_SERVICE_NAME: 's',
      POWERTOOLS_METRICS_NAMESPACE: 'n',
      POWERTOOLS_LOG_LEVEL: 'INFO',
      AWS_REGION: 'eu-west-1',
    };

    expect(Object.keys(wanted).length).toBeGreaterThan(10);
    expect(process.versions.node).toMatch(/^24\./);
    execFileSync(process.execPath, ['-e', load, ...Object.keys(wanted)], { cwd: folder, env, stdio: 'pipe' });
    expect(JSON.parse(readFileSync(join(folder, 'found.json'), 'utf8'))).toEqual(wanted);
  });
});

/** Import path to the names that its source exports, as esbuild reads them. */
async function exportsOf(entryPoints: string[]): Promise<Record<string, string[]>> {
  const { metafile } = await build({
    entryPoints,
    absWorkingDir: repository,
    outdir: 'out',
    outbase: 'layers',
    write: false,
    metafile: true,
    format: 'esm',
    bundle: true,
    packages: 'external',
    external: ['@shared/*'],
  });
  const outputs = Object.values(metafile.outputs).map(({ entryPoint = '', exports }): [string, string[]] => {
    const path = entryPoint
      .replace('layers/dependencies/src/', '')
      .replace('layers/shared/src/', '@shared/')
      .replace(/\.ts$/, '');
    return [path, exports.sort()];
  });
  return Object.fromEntries(outputs);
}

describe('buildSharedLayer', () => {
  const sources = {
    'layers/shared/src/a.ts': `import { b } from '@shared/deep/b';\nexport const a = () => b + 1;\n`,
    'layers/shared/src/deep/b.ts': `// why\nimport { string } from 'zod';\nexport const b = Number(string);\n`,
    'layers/shared/src/deep/late.ts': `export const late = () => import('@shared/a');\nthrow new Error('late');\n`,
  };
  const built = async (changes: Record<string, string> = {}): Promise<Record<string, string>> =>
    hashFiles(await compileSharedModules(aRepository({ ...sources, ...changes })));

  it('makes one file with all modules, and a line for each import path', async () => {
    const files = await buildSharedLayer(aRepository(sources));

    expect([...files.keys()]).toEqual([
      ...['a', 'deep/b', 'deep/late'].map((path) => `${modules}@shared/${path}.js`),
      `${modules}shared-layer.js`,
    ]);
    expect(files.get(`${modules}@shared/deep/b.js`)).toBe(
      'module.exports=require("../../shared-layer.js")["deep/b"]();\n',
    );
    expect(files.get(`${modules}shared-layer.js`)).toContain('require("zod")');
  });

  it('runs a module when it is required, and once', async () => {
    const files = await buildSharedLayer(aRepository(sources));
    const folder = aFolder();
    await writeLayer(files, folder);
    await writeLayer(
      new Map([[`${modules}zod.js`, 'globalThis.runs = (globalThis.runs ?? 0) + 1; exports.string = 41;']]),
      folder,
    );
    const program = `const before = globalThis.runs ?? 0; const { a } = require('@shared/a'); require('@shared/deep/b');
      process.stdout.write(JSON.stringify([before, a(), globalThis.runs]));`;

    const said = execFileSync(process.execPath, ['-e', program], {
      cwd: folder,
      env: { ...process.env, NODE_PATH: join(folder, modules) },
      encoding: 'utf8',
    });

    expect(JSON.parse(said)).toEqual([0, 42, 1]);
  });

  it('is told apart module by module: one text changes for a change in one module', async () => {
    const [before, after] = [await built(), await built({ 'layers/shared/src/deep/b.ts': 'export const b = 2;\n' })];

    expect(after[`${modules}@shared/a.js`]).toBe(before[`${modules}@shared/a.js`]);
    expect(after[`${modules}@shared/deep/b.js`]).not.toBe(before[`${modules}@shared/deep/b.js`]);
  });

  it('changes nothing for a comment', async () => {
    const commented = {
      ...sources,
      'layers/shared/src/a.ts': `/** What. */\n// why\n${sources['layers/shared/src/a.ts']}`,
    };
    const [one, other] = await Promise.all([
      buildSharedLayer(aRepository(sources)),
      buildSharedLayer(aRepository(commented)),
    ]);

    expect(hashFiles(other)).toEqual(hashFiles(one));
    expect(await built(commented)).toEqual(await built());
  });

  it('refuses an empty layer', async () => {
    const { problem } = await rejectionOf(buildSharedLayer(aRepository({})));

    expect(problem).toBe('There is nothing in layers/shared/src.');
  });

  it('names file and line of what does not compile', async () => {
    const { problem } = await rejectionOf(built({ 'layers/shared/src/a.ts': '\nexport const = 1;\n' }));

    expect(problem).toMatch(/^layers\/shared\/src\/a\.ts:2:14: /);
  });
});

describe('readDependencyEntries', () => {
  const file = 'layers/dependencies/src/@scope/one.ts';
  const read = (text: string): Promise<Record<string, string>> => readDependencyEntries(aRepository({ [file]: text }));

  it('changes with the names and not with comments', async () => {
    const [one, same, more] = await Promise.all([
      read(`export { a } from '@scope/one';\n`),
      read(`// why\nexport {\n  a,\n} from '@scope/one';\n`),
      read(`export { a, b } from '@scope/one';\n`),
    ]);

    expect(Object.keys(one)).toEqual(['@scope/one']);
    expect(same).toEqual(one);
    expect(more).not.toEqual(one);
  });

  it('names file and line of what does not compile', async () => {
    expect((await rejectionOf(read('export { a from 1'))).problem).toMatch(
      /^layers\/dependencies\/src\/@scope\/one\.ts:1:/,
    );
  });
});
