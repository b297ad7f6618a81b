import { join } from 'node:path';

/** A text as the repository's rules have files of this name. @param path from the root */
export async function formatFile(root: string, path: string, text: string): Promise<string> {
  const { format, resolveConfig } = await import('prettier');
  const filepath = join(root, path);
  return await format(text, { ...(await resolveConfig(filepath)), filepath });
}
