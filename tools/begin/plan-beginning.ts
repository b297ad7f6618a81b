import { globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { Failure } from '../lib/failure.ts';
import { removeEntries } from '../scaffold/edit-template.ts';
import type { FileChanges } from '../scaffold/file-changes.ts';
import { formatFile } from '../scaffold/format-file.ts';
import { planRemoval, type Removal } from '../scaffold/plan-removal.ts';
import { sample, sampleMark } from './sample.ts';
import { importersOf, readImports } from './who-imports.ts';

export interface Beginning {
  readonly summary: Removal;
  readonly changes: FileChanges;
}

/** What may go with the sample domain, since it was made for it: tests, their helpers and measurements. */
const dependent = /^(?:tests|benchmarks)\//;

/**
 * Works out, without a change, how the sample domain goes: its functions with all that planRemoval finds, its modules of the
 * shared layer, its streams and settings, and the tests that need any of it.
 * @throws Failure where something that stays needs it
 */
export async function planBeginning(root: string): Promise<Beginning> {
  const imports = readImports(root);
  const marked = markedTests(root);
  const isSample = (path: string): boolean =>
    marked.has(path) ||
    sample.functions.some((name) => path.startsWith(`functions/${name}/`)) ||
    sample.shared.some((it) => path === it || (it.endsWith('/') && path.startsWith(it)));
  const importers = importersOf(isSample, imports);
  const staying = importers.filter((path) => !dependent.test(path));
  if (staying.length > 0) {
    throw new Failure(
      `These stay, and import what is of the sample domain: ${staying.join(', ')}.`,
      'Take that out of them first.',
    );
  }
  const also = [...[...imports.keys()].filter(isSample), ...importers];
  const { summary, changes } = planRemoval(sample.functions, root, also);
  return { summary, changes: new Map([...changes, ...(await editedFiles(root))]) };
}

function markedTests(root: string): Set<string> {
  const files = globSync('tests/**/*.ts', { cwd: root }).map((path) => path.split(sep).join('/'));
  return new Set(files.filter((path) => readFileSync(join(root, path), 'utf8').startsWith(sampleMark)));
}

/** Files that stay, without what they have for the sample domain. */
async function editedFiles(root: string): Promise<Map<string, string>> {
  const edited = new Map<string, string>();
  const textOf = (path: string): string => edited.get(path) ?? readFileSync(join(root, path), 'utf8');
  for (const [path, { Resources, Outputs }] of Object.entries(sample.infra)) {
    const cut = removeEntries(textOf(path), 'Outputs', new Set(Outputs));
    edited.set(path, removeEntries(cut, 'Resources', new Set(Resources)));
  }
  for (const [path, replacements] of Object.entries(sample.edits)) {
    for (const [from, to] of replacements) edited.set(path, textOf(path).replaceAll(from, to));
  }
  for (const [path, text] of edited) edited.set(path, await formatFile(root, path, text));
  return edited;
}
