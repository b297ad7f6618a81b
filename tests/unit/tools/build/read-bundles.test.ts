import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Buildable } from '../../../../tools/build/bundle-functions.ts';
import { readBundles } from '../../../../tools/build/read-bundles.ts';
import type { JsonObject } from '../../../../tools/lib/json.ts';
import { aFolder, aRepository, put } from '../../../support/engine/a-folder.ts';
import { bundlesOf } from '../../../support/engine/bundles-of.ts';
import { rejectionOf } from '../../../support/engine/failure-of.ts';

const buildProperties: JsonObject = {
  EntryPoints: ['handler.ts'],
  Minify: false,
  Target: 'node24',
  External: ['@shared/*'],
  Packages: 'external',
};
const source = (name: string, properties = buildProperties): Buildable => ({
  logicalId: name,
  entry: `functions/${name}/handler.ts`,
  buildProperties: properties,
});
const [users, health] = [source('users'), source('health')];
const functions = [users, health];

const rule = 'functions/users/rule.ts';
const respond = 'layers/shared/src/respond.ts';
const files = {
  'functions/users/handler.ts': `import { respond } from '@shared/respond';
import { rule } from './rule';
export const handler = () => respond(rule());
`,
  [rule]: `import { type Answer, left } from './answer';
export const rule = (): Answer => 'yes';
export const never = () => left;
`,
  'functions/users/answer.ts': `export type Answer = string;
export const left = 'of this nothing is left';
`,
  'functions/health/handler.ts': `export const handler = () => 'well';
`,
  [respond]: `export const respond = (data: unknown) => ({ statusCode: 200, body: JSON.stringify(data) });
`,
  'tools/build/esbuild-options.ts': '// what bundles',
};
const cacheFile = '.aviary/cache/bundles.json';
/** All files of a test are old by then. */
const later = (): number => Date.now() + 60_000;

/** A repository in which all functions were bundled, and what was kept of them can be told by its code: `kept`. */
async function bundledBefore(of = functions, now = later()): Promise<string> {
  const root = aRepository(files);
  await readBundles(of, root, now);
  const kept = readFileSync(join(root, cacheFile), 'utf8');
  put(root, { [cacheFile]: kept.replaceAll(/"code":"[0-9a-f]{64}"/g, '"code":"kept"') });
  return root;
}

/** The functions that were not bundled again. */
async function takenAsKept(root: string, of = functions): Promise<string[]> {
  const bundles = await readBundles(of, root, later());
  const fresh = await bundlesOf(of, root);
  const taken = [...bundles].filter(([, { code }]) => code === 'kept').map(([logicalId]) => logicalId);
  for (const [logicalId, bundle] of bundles)
    expect(bundle).toEqual({ ...fresh.get(logicalId), ...(taken.includes(logicalId) ? { code: 'kept' } : {}) });
  return taken.sort();
}

describe('readBundles', () => {
  it('gives what bundling gives, the first time and the next', async () => {
    const root = aRepository(files);

    expect(await readBundles(functions, root, later())).toEqual(await bundlesOf(functions, root));
    expect(await readBundles(functions, root, later())).toEqual(await bundlesOf(functions, root));
  });

  it('does not bundle again what is unchanged', async () => {
    expect(await takenAsKept(await bundledBefore())).toEqual(['health', 'users']);
  });

  it.each([
    ['its code', { [rule]: `export const rule = () => 'no';\n` }],
    ['a file of which nothing is left in it', { 'functions/users/answer.ts': `export const left = 'other';\n` }],
    ['a module of the shared layer', { [respond]: 'export const respond = () => 201;\n' }],
  ])('bundles a function again after a change of %s, and no other', async (_what, change) => {
    const root = await bundledBefore();

    put(root, change);

    expect(await takenAsKept(root)).toEqual(['health']);
  });

  it.each([
    ['a file that stands before another', { 'functions/users/rule.tsx': `export const rule = () => 'first';\n` }],
    [
      'the settings of TypeScript',
      { 'tsconfig.json': '{"compilerOptions": {"paths": {"@shared/*": ["./layers/shared/src/*"]}}}' },
    ],
    ['settings of a package', { 'functions/users/package.json': '{"sideEffects": false}' }],
    ['the code that bundles', { 'tools/build/esbuild-options.ts': '// what bundles otherwise' }],
  ])('bundles everything again after a change of %s', async (_what, change) => {
    const root = await bundledBefore();

    put(root, change);

    expect(await takenAsKept(root)).toEqual([]);
  });

  it('bundles everything again when other packages are installed', async () => {
    const root = await bundledBefore();

    rmSync(join(root, 'node_modules'));
    put(root, { 'node_modules/.package-lock.json': '{}' });

    expect(await takenAsKept(root)).toEqual([]);
  });

  it('bundles a function again when its build properties change', async () => {
    const root = await bundledBefore();

    expect(await takenAsKept(root, [users, source('health', { ...buildProperties, Minify: true })])).toEqual(['users']);
  });

  it('keeps nothing of a function with packages inside, whose files may lie anywhere', async () => {
    const of = [users, source('health', { ...buildProperties, Packages: 'bundle' })];

    expect(await takenAsKept(await bundledBefore(of), of)).toEqual(['users']);
  });

  it('keeps nothing of a function that reaches out of the folders of source', async () => {
    const root = aRepository({ ...files, 'infra/names.json': '{"name": "a"}' });
    put(root, { [rule]: `import names from '../../infra/names.json';\nexport const rule = () => names.name;\n` });
    await readBundles(functions, root, later());

    put(root, { 'infra/names.json': '{"name": "b"}' });

    expect(await readBundles(functions, root, later())).toEqual(await bundlesOf(functions, root));
  });

  it('keeps nothing that was saved a moment before: it may have changed again while it was bundled', async () => {
    expect(await takenAsKept(await bundledBefore(functions, Date.now()))).toEqual([]);
  });

  it.each(['', '{', '{"surroundings": "", "functions": []}'])('bundles everything where %j is kept', async (text) => {
    const root = await bundledBefore();

    put(root, { [cacheFile]: text });

    expect(await takenAsKept(root)).toEqual([]);
  });

  it('does without where nothing can be kept', async () => {
    const root = aRepository({ ...files, '.aviary': 'a file in place of the folder' });

    expect(await readBundles(functions, root, later())).toEqual(await bundlesOf(functions, root));
  });

  it('says what does not compile, each time', async () => {
    const root = await bundledBefore();
    put(root, { [rule]: 'export const rule = (' });

    await rejectionOf(readBundles(functions, root, later()));
    const { problem } = await rejectionOf(readBundles(functions, root, later()));

    expect(problem).toContain(rule);
  });

  it('reads a folder without layers', async () => {
    const root = aFolder({ 'functions/health/handler.ts': files['functions/health/handler.ts'] });

    expect([...(await readBundles([health], root)).keys()]).toEqual(['health']);
  });
});
