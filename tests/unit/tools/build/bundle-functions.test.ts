import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleFunctions, type Bundle } from '../../../../tools/build/bundle-functions.ts';
import { sha256, type JsonObject } from '../../../../tools/lib/json.ts';
import type { FunctionSource } from '../../../../tools/template/code-resources.ts';
import { findCodeResources } from '../../../../tools/template/code-resources.ts';
import { readTemplate } from '../../../../tools/template/read-template.ts';
import { resolveTemplate } from '../../../../tools/template/resolve-template.ts';
import { aFolder, aRepository, repository } from '../../../support/engine/a-folder.ts';
import { bundlesOf } from '../../../support/engine/bundles-of.ts';
import { rejectionOf } from '../../../support/engine/failure-of.ts';

const buildProperties: JsonObject = {
  EntryPoints: ['handler.ts'],
  MinifyWhitespace: true,
  MinifySyntax: true,
  Minify: false,
  Target: 'node24',
  External: ['@shared/*'],
  Packages: 'external',
};
const source = (name: string, properties: JsonObject = buildProperties): FunctionSource => ({
  kind: 'function',
  logicalId: name,
  name,
  folder: `functions/${name}`,
  entry: `functions/${name}/handler.ts`,
  buildProperties: properties,
  block: {},
});
const users = 'functions/users/handler.ts';
const rule = 'functions/users/rule.ts';
const respond = 'layers/shared/src/http/respond.ts';
const log = 'layers/shared/src/log.ts';
const files: Record<string, string> = {
  [users]: `import { respond } from '@shared/http/respond';
import { rule } from './rule.ts';
import * as z from 'zod';
export const handler = async (event: unknown) => respond(rule(z.string().parse(event)));
`,
  [rule]: `export interface Answer { readonly text: string }
export const rule = (text: string): Answer => ({ text: text.trim() });
`,
  'functions/health/handler.ts': `import { log } from '@shared/log';
export const handler = async () => log('well');
`,
  [respond]: `import { log } from '@shared/log';
export const respond = (data: unknown) => { log('respond'); return { statusCode: 200, body: JSON.stringify(data) }; };
export const other = () => 'not in use';
`,
  [log]: `import { Logger } from '@aws-lambda-powertools/logger';
const logger = new Logger();
export const log = (text: string) => logger.info(text);
`,
};
const sources = [source('users'), source('health')];
const bundle = async (changes: Record<string, string> = {}, of = sources): Promise<Record<string, Bundle>> =>
  Object.fromEntries(await bundlesOf(of, aRepository({ ...files, ...changes })));
const changed = (path: string, change: (text: string) => string): Record<string, string> => ({
  [path]: change(files[path] ?? ''),
});
/** What decides about a release, of one function. */
const parts = ({ code, files: of, packages }: Bundle | undefined = unbundled()): unknown => ({
  code,
  files: of,
  packages,
});
function unbundled(): never {
  throw new Error('It was not bundled');
}

describe('bundleFunctions', () => {
  let before: Record<string, Bundle>;
  beforeAll(async () => {
    before = await bundle();
  });

  it('names the files that each function reaches', () => {
    expect(Object.keys(before['users']?.files ?? {}).sort()).toEqual([rule, users, respond, log].sort());
    expect(Object.keys(before['health']?.files ?? {}).sort()).toEqual(['functions/health/handler.ts', log]);
  });

  it('names the packages that each function reaches, through the shared layer too', () => {
    expect(before['users']?.packages).toEqual(['@aws-lambda-powertools/logger', 'zod']);
    expect(before['health']?.packages).toEqual(['@aws-lambda-powertools/logger']);
  });

  it('names who imports what', () => {
    expect(before['users']?.imports).toEqual({
      [users]: [respond, rule, 'zod'],
      [rule]: [],
      [respond]: [log],
      [log]: ['@aws-lambda-powertools/logger'],
    });
  });

  it('takes none of the modules of Node.js for a package', async () => {
    const handler = `import { join } from 'node:path';\nimport { readFileSync } from 'fs';\nimport fs from 'fs/promises';
export const handler = () => [join('a'), readFileSync('b'), fs];\n`;

    const { users: after } = await bundle({ [users]: handler });

    expect(after?.packages).toEqual([]);
    expect(after?.imports).toEqual({ [users]: [] });
  });

  it('gives each function the bytes that it has when bundled alone', async () => {
    const alone = { ...(await bundle({}, [source('users')])), ...(await bundle({}, [source('health')])) };

    expect(alone).toEqual(before);
  });

  it('bundles functions of different build properties side by side', async () => {
    const plain = { ...buildProperties, Minify: true };

    const { users: after, health } = await bundle({}, [source('users', plain), source('health')]);

    expect(health).toEqual(before['health']);
    expect(after?.code).not.toBe(before['users']?.code);
    expect(after?.files).toEqual(before['users']?.files);
  });

  it.each<[string, Record<string, string>]>([
    ['a comment in the handler', changed(users, (text) => `// why\n/* how */\n${text}`)],
    ['a comment in a shared module', changed(respond, (text) => `/** What it does. */\n${text}`)],
    ['a licence in a shared module', changed(log, (text) => `/*! MIT */\n${text}`)],
    ['white space', changed(respond, (text) => text.replaceAll('; ', ';\n\n   '))],
    ['a type in the handler', changed(users, (text) => text.replace('event: unknown', 'event: string'))],
    ['a type in a shared module', changed(respond, (text) => `export type A = string;\n${text}`)],
    ['an import of a type', changed(users, (text) => `import type { Answer } from './rule.ts';\n${text}`)],
    ['an unused export of its own', changed(rule, (text) => `${text}export const idle = () => 1;\n`)],
    ['an unused export of a shared module', changed(respond, (text) => `${text}export const idle = () => 1;\n`)],
    [
      'an unused export whose name the handler has',
      changed(respond, (text) => `${text}export const handler = () => 1;\nexport const rule = () => 2;\n`),
    ],
    ['what an unused export does', changed(respond, (text) => text.replace('not in use', 'still not in use'))],
    ['a shared module that nobody imports', { 'layers/shared/src/idle.ts': 'export const idle = 1;\n' }],
    ['another function', { 'functions/orders/handler.ts': 'export const handler = () => 1;\n' }],
  ])('does not see %s', async (_name, changes) => {
    const after = await bundle(changes);

    expect(parts(after['users'])).toEqual(parts(before['users']));
    expect(parts(after['health'])).toEqual(parts(before['health']));
  });

  it('may see a type where names are made shorter: esbuild picks them by how often a letter is in the source', async () => {
    const short = [source('users', { ...buildProperties, Minify: true })];
    const typed = changed(users, (text) => text.replace('event: unknown', 'event: string'));

    const [one, two] = [await bundle({}, short), await bundle(typed, short)];

    expect(two['users']?.code).not.toBe(one['users']?.code);
    expect(two['users']?.files).toEqual(one['users']?.files);
  });

  it('shows a change in a shared module in the functions that reach it, and not in their packages', async () => {
    const after = await bundle(changed(respond, (text) => text.replace('200', '201')));

    expect(after['users']?.files).toEqual({ ...before['users']?.files, [respond]: expect.any(String) as string });
    expect(after['users']?.files[respond]).not.toBe(before['users']?.files[respond]);
    expect(after['users']?.code).toBe(before['users']?.code);
    expect(after['health']).toEqual(before['health']);
  });

  it('shows a change in its own module in the package of that function', async () => {
    const after = await bundle(changed(rule, (text) => text.replace('trim', 'trimEnd')));

    expect(after['users']?.code).not.toBe(before['users']?.code);
    expect(after['users']?.files[rule]).not.toBe(before['users']?.files[rule]);
    expect(after['users']?.files[users]).toBe(before['users']?.files[users]);
    expect(after['health']).toEqual(before['health']);
  });

  it('sees a text that only looks like a comment', async () => {
    const trap = `export const rule = (text: string) => [text, \`\n// ${users}\n// other\n\`];\n`;
    const [one, two] = [await bundle({ [rule]: trap }), await bundle({ [rule]: trap.replace('other', 'another') })];

    expect(parts(one['users'])).not.toEqual(parts(two['users']));
  });

  it('answers nothing for no functions', async () => {
    expect(await bundle({}, [])).toEqual({});
  });

  it.each<[string, Record<string, string>, RegExp]>([
    [
      'a syntax error',
      changed(rule, () => 'export const a = 1;\nexport const = 2;\n'),
      /^functions\/users\/rule\.ts:2:14: /,
    ],
    [
      'a module that is not there',
      changed(rule, () => "import './gone.ts';\n"),
      /^functions\/users\/rule\.ts:1:8: .*gone/,
    ],
    [
      'an error in a shared module',
      changed(log, () => 'export const log = ;\n'),
      /^layers\/shared\/src\/log\.ts:1:20: /,
    ],
  ])('names file and line of %s, once', async (_name, changes, said) => {
    const { problem } = await rejectionOf(bundle(changes));

    expect(problem).toMatch(said);
    expect(problem.split('\n').filter((line) => said.test(line))).toHaveLength(1);
  });

  it('is not disturbed by a comment at the end of the file', async () => {
    const after = await bundle(changed(log, (text) => `${text}// the end`));

    expect(parts(after['health'])).toEqual(parts(before['health']));
  });
});

describe('the code of a bundle', () => {
  /** What aws-lambda-builders runs for these build properties, in the function's folder. */
  const cli = (root: string, { folder, buildProperties: properties }: FunctionSource): Buffer => {
    const out = aFolder();
    const minify = ['Minify', 'MinifyWhitespace', 'MinifySyntax'].filter((name) => properties[name] === true);
    const kebab = (name: string): string => `-${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    const flags = [...minify.map(kebab), '--target=node24', '--external:@shared/*', '--packages=external'];
    const builder = ['handler.ts', '--bundle', '--platform=node', `--outdir=${out}`, '--format=cjs'];
    execFileSync(join(repository, 'node_modules/esbuild/bin/esbuild'), [...builder, ...flags, '--log-level=error'], {
      cwd: join(root, folder),
    });
    return readFileSync(join(out, 'handler.js'));
  };

  it('is the hash of the bytes that the esbuild CLI writes for one function, with the flags of SAM', async () => {
    const root = aRepository(files);
    const short = { ...source('health', { ...buildProperties, Minify: true }), logicalId: 'Short' };
    const all = [...sources, short];

    const bundles = await bundleFunctions(all, root);

    for (const it of all) {
      const bytes = cli(root, it);
      const { bundle: made, contents } = bundles.get(it.logicalId) ?? {};
      expect(made).toMatchObject({ code: sha256(bytes), bytes: bytes.byteLength });
      expect(contents).toEqual(new Uint8Array(bytes));
    }
  });

  it('is so for every function of this repository', async () => {
    const template = readTemplate(join(repository, 'template.yaml'));
    const { functions } = findCodeResources(resolveTemplate(template, {}).resources, repository);

    const bundles = await bundleFunctions(functions, repository);

    expect(functions.length).toBeGreaterThan(0);
    for (const it of functions) expect(bundles.get(it.logicalId)?.bundle.code).toBe(sha256(cli(repository, it)));
  });
});
