import { isObject, parseJson, type Json } from '../lib/json.ts';
import { run, type RunResult } from '../lib/process.ts';

/** What GitHub answers to a question: data, or why there is none. */
export type Answer =
  | { readonly state: 'there'; readonly data: Json }
  | { readonly state: 'absent' }
  /** The person may not see it, or it did not answer; `why` is a sentence. */
  | { readonly state: 'unreadable'; readonly why: string };

/** Asks GitHub's REST API for a path such as `repos/owner/name`. */
export type AskGitHub = (path: string) => Promise<Answer>;

const noProgram = 'The GitHub CLI (gh) is not installed.';

/** Asks through the GitHub CLI, with the person's own sign-in. @param env where `gh` is looked for, and what it is told */
export function askGitHub(env: NodeJS.ProcessEnv = process.env): AskGitHub {
  return async (path) => {
    let result: RunResult;
    try {
      result = await run('gh', ['api', '-H', 'X-GitHub-Api-Version: 2022-11-28', path], { env });
    } catch {
      return { state: 'unreadable', why: noProgram };
    }
    return readAnswer(result);
  };
}

/** What an exit of `gh api` means. It says the status on stderr, and ends with 4 where nobody is signed in. */
export function readAnswer({ code, stdout, stderr }: RunResult): Answer {
  if (code === 0) return { state: 'there', data: stdout.trim() === '' ? null : parseJson(stdout) };
  if (code === 4) return { state: 'unreadable', why: 'Nobody is signed in: gh auth login.' };
  if (stderr.includes('(HTTP 404)')) return { state: 'absent' };
  return { state: 'unreadable', why: `GitHub says: ${stderr.trim().split('\n')[0] ?? ''}` };
}

/** The data where it is a map, else an empty map. */
export function mapOf(answer: Answer): Readonly<Record<string, Json>> {
  return answer.state === 'there' && isObject(answer.data) ? answer.data : {};
}
