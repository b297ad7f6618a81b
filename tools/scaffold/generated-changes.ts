import { generatedFiles } from '../generate/generated-files.ts';
import type { FileChanges } from './file-changes.ts';

/** What `aviary generate` would write now. @throws Failure as `generatedFiles` */
export async function generatedChanges(root: string): Promise<FileChanges> {
  const stale = (await generatedFiles(root)).filter(({ isCurrent }) => !isCurrent);
  return new Map(stale.map(({ path, text }) => [path, text]));
}
