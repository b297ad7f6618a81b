// `npm test -- --affected`: which tests the work on this branch reaches.
import { execFileSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import picomatch from 'picomatch';
import { SetupFailure } from '../tools/setup/failure.mjs';

/** What pull requests go into. */
const base = 'main';
const source = /\.(?:ts|mjs|json)$/;
const templates = ['template.yaml', 'samconfig.toml', 'infra/*.yaml'];

/**
 * Files for jest's `--findRelatedTests`: what was changed since the branch left main, committed or not, and the tests that no
 * import leads to: those of templates, and those that a function which is affected has on the local cloud.
 * @param {string} root
 * @returns {string[]} paths from the root
 */
export function affectedFiles(root) {
  const changed = changedFiles(root);
  const reached = Object.entries(load(readFileSync(join(root, '.github', 'filters.yml'), 'utf8')))
    .filter(([, paths]) => changed.some(picomatch(paths)))
    .map(([name]) => name);
  const local = reached.flatMap((name) => globSync(`tests/local/${name}{,-*}.test.ts`, { cwd: root }));
  const ofTemplates = changed.some(picomatch(templates)) ? globSync('tests/template/*.test.ts', { cwd: root }) : [];
  const files = changed.filter((path) => source.test(path) && existsSync(join(root, path)));
  return [...new Set([...files, ...ofTemplates, ...local])].sort();
}

function changedFiles(root) {
  const git = (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: 'pipe' });
  const list = (...args) =>
    git(...args, '-z')
      .split('\0')
      .filter(Boolean);
  let since;
  try {
    since = git('merge-base', 'HEAD', base).trim();
  } catch {
    throw new SetupFailure(`This clone does not have ${base} to compare with: git fetch origin ${base}:${base}.`);
  }
  return [...list('diff', '--name-only', '--no-renames', since), ...list('ls-files', '--others', '--exclude-standard')];
}
