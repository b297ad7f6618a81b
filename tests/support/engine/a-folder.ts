import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** The repository that the tests belong to. */
export const repository = resolve(__dirname, '..', '..', '..');

const made: string[] = [];

/** A temporary folder with these files, path to text; gone after the test file's last test. */
export function aFolder(files: Readonly<Record<string, string>> = {}): string {
  // The real path: where the temporary folder is a link, esbuild would name files by another path.
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'aviary-engine-')));
  made.push(root);
  put(root, files);
  return root;
}

/** Writes files into a folder. */
export function put(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

/** A repository as `tools/build` needs it: the short import path of the shared layer, and the packages of this one. */
export function aRepository(files: Readonly<Record<string, string>>): string {
  const paths = { '@shared/*': ['./layers/shared/src/*.ts'] };
  const tsconfig = { compilerOptions: { target: 'es2024', module: 'esnext', moduleResolution: 'bundler', paths } };
  const root = aFolder({ 'tsconfig.json': JSON.stringify(tsconfig), ...files });
  symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'), 'junction');
  return root;
}

afterAll(() => {
  for (const root of made) rmSync(root, { recursive: true, force: true });
});
