import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repository } from './cloud.ts';
import { gitIn } from './git.ts';

/** Every tracked file of the repository that is there, as paths from the root. */
export function trackedFiles(): string[] {
  const listed = execFileSync('git', ['ls-files', '-z'], { cwd: repository, encoding: 'utf8' });
  return listed.split('\0').filter((path) => path !== '' && existsSync(join(repository, path)));
}

/** The repository's tracked files in a throw-away folder, with the installed packages. Outside git until {@link git}. */
export class TrackedCopy {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'aviary-copy-')));

  constructor() {
    for (const path of trackedFiles()) cpSync(join(repository, path), join(this.root, path));
    symlinkSync(join(repository, 'node_modules'), join(this.root, 'node_modules'), 'junction');
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), 'utf8');
  }

  write(path: string, text: string): void {
    writeFileSync(join(this.root, path), text);
  }

  /** Replaces a text that must be there. */
  edit(path: string, from: string | RegExp, to: string): void {
    const before = this.read(path);
    const after = before.replace(from, to);
    if (after === before) throw new Error(`${path} has no ${String(from)}`);
    this.write(path, after);
  }

  git(...args: string[]): string {
    return gitIn(this.root, ...args);
  }

  /** Commits all that is there, in a repository that is made when there is none. @returns the commit */
  commit(message: string): string {
    if (!existsSync(join(this.root, '.git'))) this.git('init', '--quiet', '--initial-branch=main');
    // `node_modules/` in .gitignore does not speak of a link.
    this.write('.git/info/exclude', 'node_modules\n');
    this.git('add', '--all');
    this.git('commit', '--quiet', '--message', message);
    return this.git('rev-parse', 'HEAD').trim();
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
