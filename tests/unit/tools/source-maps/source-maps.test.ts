import { TraceMap } from '@jridgewell/trace-mapping';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { buildSharedLayer, writeLayer } from '../../../../tools/build/build-layer.ts';
import { packageFunctions } from '../../../../tools/build/bundle-functions.ts';
import { sha256 } from '../../../../tools/lib/json.ts';
import { mapFunctions, mapSharedLayer, type SourceMaps } from '../../../../tools/source-maps/build-source-maps.ts';
import { symbolicate } from '../../../../tools/source-maps/symbolicate.ts';
import { aFolder, aRepository, put } from '../../../support/engine/a-folder.ts';

/** As in template.yaml. */
const buildProperties = {
  EntryPoints: ['handler.ts'],
  Minify: false,
  MinifyWhitespace: true,
  MinifySyntax: true,
  Target: 'node24',
  External: ['@shared/*'],
  Packages: 'external',
};
const users = { logicalId: 'Users', entry: 'functions/users/handler.ts', buildProperties };

const root = aRepository({
  'functions/users/handler.ts': `import { refuse } from './refuse-user.ts';
import { shout } from '@shared/text/shout';

// Long comments and types are gone from what runs.
export const handler = (name: string): string => (name === '' ? refuse(name) : shout(name));
`,
  'functions/users/refuse-user.ts': `interface Refusal {
  readonly name: string;
}

export function refuse(name: Refusal['name']): string {
  const shown: string = name;
  throw new TypeError(\`No user \${shown}\`);
}
`,
  'layers/shared/src/text/shout.ts': `/** Louder. */
export function shout(text: string): string {
  if (text.length > 3) throw new RangeError('Too loud');
  return text.toUpperCase();
}
`,
  'layers/shared/src/text/whisper.ts': 'export const whisper = (text: string): string => text.toLowerCase();\n',
});

describe('the source maps of what is built', () => {
  let functions: SourceMaps;
  let layer: SourceMaps;
  let folder: string;
  beforeAll(async () => {
    [functions, layer] = await Promise.all([mapFunctions(root, [users]), mapSharedLayer(root)]);
    folder = aFolder();
    const [file] = await packageFunctions([users], root);
    put(folder, { 'handler.js': file?.text ?? '' });
    await writeLayer(await buildSharedLayer(root), folder);
  });

  /** In a process of its own, which finds the layer as Lambda does. */
  const stackOf = (name: string): string => {
    const code = `try { require('./handler.js').handler(${JSON.stringify(name)}) } catch (e) { console.log(e.stack) }`;
    const env = { ...process.env, NODE_PATH: join(folder, 'nodejs', 'node_modules') };
    return execFileSync(process.execPath, ['-e', code], { cwd: folder, env, encoding: 'utf8' });
  };
  const inSources = (stack: string): Promise<string> =>
    symbolicate(stack, (path) => {
      const [map] = path.endsWith('/shared-layer.js') ? layer.values() : functions.values();
      return Promise.resolve(path.startsWith(folder) && map !== undefined ? new TraceMap(map) : undefined);
    });

  it('change no byte of what is deployed', async () => {
    const [plain] = await packageFunctions([users], root);
    const shared = (await buildSharedLayer(root)).get('nodejs/node_modules/shared-layer.js') ?? '';

    expect([...functions.keys()]).toEqual([sha256(plain?.contents ?? '')]);
    expect([...layer.keys()]).toEqual([sha256(shared)]);
  });

  it('have no text of the sources in them', () => {
    expect([...functions.values(), ...layer.values()].join('')).not.toMatch(/interface Refusal|Louder/);
  });

  it('point from a stack of a function at the file and the line', async () => {
    expect(stackOf('')).toMatch(/at refuse \(.*handler\.js:\d+:\d+\)/);
    await expect(inSources(stackOf(''))).resolves.toMatch(
      /^TypeError: No user \n +at refuse \(functions\/users\/refuse-user\.ts:7:9\)\n +at .*functions\/users\/handler\.ts:5:/,
    );
  });

  it('point from a stack of the shared layer at the file and the line', async () => {
    const stack = await inSources(stackOf('Adelaide'));

    expect(stack).toMatch(/^RangeError: Too loud\n +at shout \(layers\/shared\/src\/text\/shout\.ts:3:30\)/);
    expect(stack).toContain('functions/users/handler.ts:5:');
  });

  it('leave the places of Node.js and of packages as they are', async () => {
    const stack = `Error: no\n    at a (node:internal/x:1:2)\n    at b (/opt/nodejs/node_modules/zod.js:1:3)`;

    await expect(inSources(stack)).resolves.toBe(stack);
  });
});
