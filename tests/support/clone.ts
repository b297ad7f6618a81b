import { createHash } from 'node:crypto';
import {
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readDependencyEntries } from '../../tools/build/dependency-entries.ts';
import { readLockedPackages } from '../../tools/build/locked-packages.ts';
import { environmentFolder } from '../../tools/lib/python-tools.ts';
import { repository } from './cloud.ts';
import { gitIn } from './git.ts';

/** What a clone does not have: what is installed and what is made. */
const left = new Set(['.git', '.aviary', '.aws-sam', 'coverage', 'node_modules']);

export interface CloneOptions {
  /** Folders below the temporary one, to put clones at different depths. */
  readonly inside?: string;
  /** A temporary folder that is there, and that somebody else removes. */
  readonly at?: string;
  /** Another clone to copy, with all that was made and committed in it. */
  readonly of?: string;
}

/** A clone of this repository with the work that is not committed yet, as one commit of its own. */
export class Clone {
  readonly root: string;
  readonly #top: string;

  constructor({ inside = 'clone', at, of }: CloneOptions = {}) {
    this.#top = realpathSync(at ?? mkdtempSync(join(tmpdir(), 'aviary-clone-')));
    this.root = join(this.#top, inside);
    mkdirSync(this.root, { recursive: true });
    if (of === undefined) this.#cloneRepository();
    else cpSync(of, this.root, { recursive: true, verbatimSymlinks: true });
  }

  #cloneRepository(): void {
    cpSync(repository, this.root, {
      recursive: true,
      filter: (path) => dirname(path) !== repository || !left.has(path.slice(repository.length + 1)),
    });
    this.#linkModules();
    this.makeFolder('.aviary');
    symlinkSync(dirname(environmentFolder(repository, 'sam')), join(this.root, '.aviary', 'venv'), 'junction');
    this.git('init', '--quiet', '--initial-branch=main');
    // `node_modules/` in .gitignore does not speak of a link.
    this.write('.git/info/exclude', 'node_modules\n');
    this.commit('The repository');
  }

  git(...args: string[]): string {
    return gitIn(this.root, ...args);
  }

  /** Commits all that is there. @returns the commit */
  commit(message: string): string {
    this.git('add', '--all');
    this.git('commit', '--quiet', '--allow-empty', '--message', message);
    return this.git('rev-parse', 'HEAD').trim();
  }

  /** Everything as it was committed last, but for what git ignores. */
  reset(): void {
    this.git('reset', '--quiet', '--hard');
    this.git('clean', '--quiet', '--force', '-d');
    if (lstatSync(join(this.root, 'node_modules')).isSymbolicLink()) return;
    // What is installed is what the lock file says.
    if (this.read('package-lock.json') !== readFileSync(join(repository, 'package-lock.json'), 'utf8')) return;
    this.remove('node_modules');
    this.#linkModules();
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), 'utf8');
  }

  write(path: string, text: string): void {
    this.makeFolder(dirname(path));
    writeFileSync(join(this.root, path), text);
  }

  /** Replaces a text that has to be in the file, so that no edit does nothing in silence. */
  edit(path: string, from: string | RegExp, to: string): void {
    const before = this.read(path);
    const after = before.replace(from, () => to);
    if (after === before) throw new Error(`${path} does not have ${String(from)}`);
    this.write(path, after);
  }

  append(path: string, text: string): void {
    this.write(path, `${this.read(path)}${text}`);
  }

  move(from: string, to: string): void {
    renameSync(join(this.root, from), join(this.root, to));
  }

  remove(path: string): void {
    rmSync(join(this.root, path), { recursive: true });
  }

  /**
   * Installs another version of a package, as npm would: in the lock file, in npm's account of what is installed, and in
   * node_modules, which gets a copy of that package and links to all others.
   * @param from a text in the package's `file`, which becomes `to`
   */
  bump(name: string, version: string, file: string, from: string, to: string): void {
    const modules = join(this.root, 'node_modules');
    if (lstatSync(modules).isSymbolicLink()) this.#ownModules();
    rmSync(join(modules, name), { recursive: true });
    cpSync(realpathSync(join(repository, 'node_modules', name)), join(modules, name), { recursive: true });
    this.edit(`node_modules/${name}/${file}`, from, to);
    for (const lock of ['package-lock.json', 'node_modules/.package-lock.json']) {
      const content = JSON.parse(this.read(lock)) as {
        packages: Record<string, { version: string; integrity: string }>;
      };
      const entry = content.packages[`node_modules/${name}`];
      if (entry === undefined) throw new Error(`${lock} does not have ${name}`);
      entry.version = version;
      entry.integrity = `sha512-${version}`;
      this.write(lock, `${JSON.stringify(content, null, 2)}\n`);
    }
    const locked = createHash('sha256').update(this.read('package-lock.json')).digest('hex');
    this.write('node_modules/.aviary-stamp', locked);
  }

  /**
   * Puts the packages of the dependencies layer, with all that they depend on, into the clone itself: a link leads out of
   * it, and esbuild names its chunks after the paths of what is in them.
   */
  async installLayerPackages(): Promise<void> {
    const lookUp = readLockedPackages(repository);
    const entries = Object.keys(await readDependencyEntries(repository));
    const paths = new Set(entries.flatMap((entry) => Object.keys(lookUp(entry).closure)));
    this.#ownModules();
    for (const path of paths) {
      // What is nested comes with the package that it is nested in.
      if (path.includes('/node_modules/')) continue;
      rmSync(join(this.root, path), { recursive: true });
      cpSync(realpathSync(join(repository, path)), join(this.root, path), { recursive: true });
    }
    const locked = createHash('sha256').update(this.read('package-lock.json')).digest('hex');
    this.write('node_modules/.aviary-stamp', locked);
  }

  makeFolder(path: string): void {
    mkdirSync(join(this.root, path), { recursive: true });
  }

  /** A node_modules of its own, with a link to each package of the repository's. */
  #ownModules(): void {
    const all = join(repository, 'node_modules');
    rmSync(join(this.root, 'node_modules'));
    this.makeFolder('node_modules');
    const link = (path: string): void => {
      symlinkSync(join(all, path), join(this.root, 'node_modules', path), 'junction');
    };
    for (const name of readdirSync(all)) {
      if (name === '.package-lock.json') this.write(`node_modules/${name}`, readFileSync(join(all, name), 'utf8'));
      else if (!name.startsWith('@')) {
        if (name !== '.aviary-stamp') link(name);
      } else {
        this.makeFolder(join('node_modules', name));
        for (const inner of readdirSync(join(all, name))) link(join(name, inner));
      }
    }
  }

  #linkModules(): void {
    symlinkSync(join(repository, 'node_modules'), join(this.root, 'node_modules'), 'junction');
  }

  delete(): void {
    rmSync(this.#top, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}
