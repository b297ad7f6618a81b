import { transform } from 'esbuild';
import { glob, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { sha256 } from '../lib/json.ts';
import { compiling } from './compile-failure.ts';
import { dependenciesSource } from './layer-options.ts';

/**
 * The entries of the dependencies layer: import path to the sha256 of what its file exports, comments apart.
 * `layers/dependencies/src/@aws-sdk/client-dynamodb.ts` is the entry of `@aws-sdk/client-dynamodb`.
 */
export async function readDependencyEntries(root: string): Promise<Record<string, string>> {
  const paths = await Array.fromAsync(glob('**/*.ts', { cwd: join(root, dependenciesSource) }));
  const entries = paths.sort().map(async (path): Promise<[string, string]> => {
    const text = await readFile(join(root, dependenciesSource, path), 'utf8');
    const sourcefile = `${dependenciesSource}/${path.split(sep).join('/')}`;
    const { code } = await compiling(transform(text, { loader: 'ts', minify: true, sourcefile, logLevel: 'silent' }));
    return [path.split(sep).join('/').replace(/\.ts$/, ''), sha256(code).slice(0, 32)];
  });
  return Object.fromEntries(await Promise.all(entries));
}
