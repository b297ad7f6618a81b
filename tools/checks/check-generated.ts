import { generatedFiles } from '../generate/generated-files.ts';

/** What is wrong with the files that are made from others, with the next step; empty where all is well. */
export async function checkGenerated(root: string): Promise<string> {
  const stale = (await generatedFiles(root)).filter(({ isCurrent }) => !isCurrent);
  return stale.map(({ path }) => `${path} is out of date: run npm run aviary -- generate.`).join('\n');
}
