import { version as esbuildVersion } from 'esbuild';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { sha256 } from '../lib/json.ts';
import type { Buildable, Bundle, Bundled } from './bundle-functions.ts';

/** Where it is, as a path from the root. */
const cacheFile = '.aviary/cache/bundles.json';

/** Folders that imports between files stay in; a function that reaches out of them is bundled each time. */
const sourceFolders = ['functions', 'layers'];

/** The code that makes bundles. */
const bundlingFolder = 'tools/build';

/** Files of which esbuild reads more than the code that they hold. */
const settings = /(^|[/\\])(package|tsconfig[^/\\]*|jsconfig)\.json$/;

/** A file that changed so short before a build began may have changed again since: some file systems count in 2 s. (FAT.) */
const doubtMs = 2000;

const texts = z.record(z.string(), z.string()).readonly();
const list = z.array(z.string()).readonly();
const bundle = z.strictObject({
  code: z.string(),
  bytes: z.number(),
  files: texts,
  packages: list,
  imports: z.record(z.string(), list).readonly(),
});
/** `source`: sha256 of what is asked for; `inputs`: path from the root to the sha256 of every file that esbuild read. */
const kept = z.strictObject({ source: z.string(), inputs: texts, bundle });
const form = z.strictObject({ surroundings: z.string(), functions: z.record(z.string(), kept) });

type Kept = z.infer<typeof kept>;

/**
 * What functions were bundled to, kept in the clone. A bundle holds as long as every file that esbuild read for it has the same
 * bytes, and everything else that it depends on is the same: the names of all source files, since a new one may stand before
 * another, the settings of TypeScript and of packages, what is installed, and the code that bundles.
 */
export class BundleCache {
  readonly #root: string;
  readonly #surroundings: string;
  readonly #opened: number;
  readonly #functions: Record<string, Kept>;
  readonly #hashes = new Map<string, string | undefined>();

  /**
   * @param root absolute path of the repository
   * @param now milliseconds since 1970
   */
  constructor(root: string, now: number) {
    this.#root = root;
    this.#opened = now;
    this.#surroundings = surroundingsOf(root);
    const found = read(join(root, cacheFile));
    this.#functions = found?.surroundings === this.#surroundings ? found.functions : {};
  }

  /** What the function was bundled to; undefined where it has to be bundled anew. */
  find(source: Buildable): Bundle | undefined {
    const found = this.#functions[source.logicalId];
    if (found?.source !== sourceHash(source)) return undefined;
    const isSame = Object.entries(found.inputs).every(([path, hash]) => this.#hash(path) === hash);
    return isSame ? found.bundle : undefined;
  }

  /** Keeps what was bundled since it was opened, except where a file may have changed meanwhile. */
  keep(sources: readonly Buildable[], made: ReadonlyMap<string, Bundled>): void {
    if (made.size === 0 || surroundingsOf(this.#root) !== this.#surroundings) return;
    for (const source of sources) {
      const { bundle: it, inputs = [] } = made.get(source.logicalId) ?? {};
      if (!it) continue;
      // With packages inside, code is read that is in nobody's list of inputs.
      if (source.buildProperties['Packages'] !== 'external') continue;
      if (!inputs.every((path) => this.#isSettled(path))) continue;
      const hashes = inputs.map((path) => [path, this.#hash(path) ?? ''] as const);
      this.#functions[source.logicalId] = {
        source: sourceHash(source),
        inputs: Object.fromEntries(hashes),
        bundle: it,
      };
    }
    write(join(this.#root, cacheFile), { surroundings: this.#surroundings, functions: this.#functions });
  }

  #isSettled(path: string): boolean {
    const isSource = sourceFolders.some((folder) => path.startsWith(`${folder}/`));
    const changed = isSource ? statSync(join(this.#root, path), { throwIfNoEntry: false })?.ctimeMs : undefined;
    return changed !== undefined && changed < this.#opened - doubtMs;
  }

  #hash(path: string): string | undefined {
    if (!this.#hashes.has(path)) this.#hashes.set(path, hashOf(join(this.#root, path)));
    return this.#hashes.get(path);
  }
}

const sourceHash = ({ entry, buildProperties }: Buildable): string => sha256([entry, buildProperties]);

const hashOf = (file: string): string | undefined => (existsSync(file) ? sha256(readFileSync(file)) : undefined);

/** sha256 of all that decides how code is bundled, apart from the code. */
function surroundingsOf(root: string): string {
  const names = sourceFolders.flatMap((folder) => listed(join(root, folder)).map((path) => `${folder}/${path}`));
  // A `baseUrl` has imports looked for here; of what begins with a dot, as build folders do, no import speaks.
  const top = readdirSync(root)
    .filter((name) => !name.startsWith('.'))
    .sort();
  const read = [...names, ...top].filter((path) => settings.test(path));
  const bundling = listed(join(root, bundlingFolder)).map((name) => `${bundlingFolder}/${name}`);
  const all = [...read, ...bundling, 'node_modules/.package-lock.json'];
  return sha256([esbuildVersion, names, top, all.map((path) => [path, hashOf(join(root, path)) ?? null])]);
}

const listed = (folder: string): string[] =>
  existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort() : [];

/** Undefined where there is nothing, or nothing of this form: then everything is bundled. */
function read(file: string): z.infer<typeof form> | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return form.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data;
  } catch {
    return undefined;
  }
}

/** In one step, so that another process never reads half of it. Where it cannot be written, the next plan bundles again. */
function write(file: string, content: z.infer<typeof form>): void {
  const fresh = `${file}.${process.pid}`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(fresh, JSON.stringify(content));
    renameSync(fresh, file);
  } catch {
    // Windows lets no file be replaced that another process is reading.
    if (existsSync(fresh)) rmSync(fresh);
  }
}
