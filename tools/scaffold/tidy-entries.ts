import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { entryFile, judgeEntries } from '../build/check-dependency-entries.ts';
import type { FileChanges } from './file-changes.ts';
import { formatFile } from './format-file.ts';

/** The entries of the dependencies layer without the names that nothing uses; one of which nothing is left goes. */
export async function tidyEntries(root: string): Promise<FileChanges> {
  const { idle, listed } = await judgeEntries(root);
  const changes = new Map<string, string | undefined>();
  for (const [importPath, names] of idle) {
    const path = entryFile(importPath);
    const isEmpty = names.length === listed.get(importPath)?.length;
    changes.set(path, isEmpty ? undefined : await withoutNames(root, path, names));
  }
  return changes;
}

async function withoutNames(root: string, path: string, names: readonly string[]): Promise<string> {
  const listed = new RegExp(`(?<=[{,]\\s*)(?:${names.join('|')}),?(?=\\s)\\s*`, 'g');
  return await formatFile(root, path, readFileSync(join(root, path), 'utf8').replaceAll(listed, ''));
}
