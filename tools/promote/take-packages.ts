import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../lib/failure.ts';
import { sha256 } from '../lib/json.ts';
import type { Artifacts } from './artifacts.ts';

/**
 * Copies the packages of a deploy out of a folder of collected artifacts, each held against its hash.
 * @returns the absolute path of each copy, by logical id
 * @throws Failure where a package is not there, or is another one
 */
export function takePackages(
  ids: readonly string[],
  artifacts: Artifacts,
  from: string,
  to: string,
): Record<string, string> {
  mkdirSync(to, { recursive: true });
  const taken = ids.map((id): [string, string] => {
    const recorded = artifacts.functions[id] ?? artifacts.layers[id];
    const file = join(from, `${id}.zip`);
    const actual = existsSync(file) ? sha256(readFileSync(file)) : 'nothing';
    if (actual !== recorded?.package) {
      throw new Failure(
        `${file} is not the package that ${artifacts.stage} runs (${actual.slice(0, 12)}, recorded ${recorded?.package.slice(0, 12) ?? 'none'}).`,
        `Collect it again: npm run aviary -- collect --stage ${artifacts.stage}.`,
      );
    }
    copyFileSync(file, join(to, `${id}.zip`));
    return [id, join(to, `${id}.zip`)];
  });
  return Object.fromEntries(taken);
}
