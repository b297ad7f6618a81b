import { parse } from '@shared/validation/parse';
import * as z from 'zod';
import type { GitHubApi } from './github-api.ts';

/** Asks which paths differ between two commits; undefined where not all of them are known. */
export type ComparePaths = (before: string, after: string) => Promise<ReadonlySet<string> | undefined>;

/** GitHub names no more than 300 files of a comparison; a page holds 100 commits; more pages than these are not read. */
const limits = { files: 300, perPage: 100, pages: 20 };

const comparison = z.object({
  status: z.string(),
  files: z.array(z.object({ filename: z.string(), previous_filename: z.string().optional() })).optional(),
});

/**
 * Compares by GitHub's API. Its documentation has all files on the first page, and commits alone on those that follow;
 * pages are followed while they bring files, so that both readings of it give the whole list.
 */
export function gitHubCompare(call: GitHubApi, repository: string): ComparePaths {
  return async (before, after) => {
    const paths = new Set<string>();
    let count = 0;
    for (let page = 1; page <= limits.pages; page += 1) {
      const query = `per_page=${limits.perPage}&page=${page}`;
      const answer = await call(`/repos/${repository}/compare/${before}...${after}?${query}`);
      const { status, files = [] } = parse(comparison, JSON.parse(answer.text));
      // From the common ancestor: that is `before` only where the branch went straight ahead.
      if (status !== 'ahead') return undefined;
      for (const { filename, previous_filename: previous } of files) {
        paths.add(filename);
        if (previous !== undefined) paths.add(previous);
      }
      count += files.length;
      if (count >= limits.files) return undefined;
      if (!answer.more || files.length === 0) return paths;
    }
    return undefined;
  };
}
