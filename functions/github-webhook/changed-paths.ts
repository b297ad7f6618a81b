import type { PushEvent } from './schema.ts';

/** Paths that a push changed; or why it cannot say, with `comparable` where GitHub can be asked for them. */
export type Changes =
  { readonly paths: ReadonlySet<string> } | { readonly unknown: string; readonly comparable: boolean };

/** The most that GitHub puts into a payload: commits of a push, and files of a commit. */
export const payloadLimits = { commits: 2_048, files: 3_000 };

const unknown = (reason: string, comparable = false): Changes => ({ unknown: reason, comparable });
const isNone = (commit: string): boolean => /^0+$/.test(commit);

/**
 * Reads from a push which paths it changed. Only a list that is whole counts: of a history that was rewritten, begun or
 * ended the commits do not tell what differs, and of a truncated list nobody knows what is missing.
 */
export function changedPaths(push: PushEvent): Changes {
  if (push.deleted || isNone(push.after)) return unknown('the branch was deleted');
  if (push.created || isNone(push.before)) return unknown('it is the first push of the branch');
  if (push.forced) return unknown('the push was forced');
  if (push.commits.length >= payloadLimits.commits) return unknown('the list of commits is truncated', true);
  if (!push.commits.some(({ id }) => id === push.after)) return unknown('the list of commits lacks the last one', true);
  const paths = new Set<string>();
  for (const { added, removed, modified } of push.commits) {
    if (!added || !removed || !modified) return unknown('a commit comes without its files', true);
    const files = [...added, ...removed, ...modified];
    if (files.length >= payloadLimits.files) return unknown('the files of a commit are truncated', true);
    for (const file of files) paths.add(file);
  }
  return { paths };
}
