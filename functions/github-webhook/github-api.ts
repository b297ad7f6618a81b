import { UnavailableError } from '@shared/errors/app-error';

/** GitHub's answer: its text, and whether another page follows. */
export interface GitHubAnswer {
  readonly text: string;
  readonly more: boolean;
}

/** Calls GitHub's REST API with the token; `body` makes it a POST. */
export type GitHubApi = (path: string, body?: unknown) => Promise<GitHubAnswer>;

/** GitHub refused a call, which a repetition would not change; `said` is its own message. */
export class GitHubRefusedError extends Error {
  override readonly name = 'GitHubRefusedError';
  readonly status: number;

  constructor(status: number, said: string) {
    super(`GitHub answered ${status}: ${said.slice(0, 200)}`);
    this.status = status;
  }
}

/** GitHub itself waits 10 s for the answer to a delivery. */
const patienceMs = 8_000;

function retryAfter(headers: Headers): number {
  const seconds = Number(headers.get('retry-after') ?? '60');
  return Number.isInteger(seconds) && seconds > 0 ? Math.min(seconds, 3_600) : 60;
}

// https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api: both statuses stand for a limit.
const isLimited = ({ status, headers }: Response): boolean =>
  status === 429 || (status === 403 && (headers.has('retry-after') || headers.get('x-ratelimit-remaining') === '0'));

/** Makes the calls; `token` is asked for each time, since it changes while the function lives. */
export function gitHubApi(base: string, token: () => Promise<string>, timeoutMs = patienceMs): GitHubApi {
  return async (path, body) => {
    const authorization = `Bearer ${await token()}`;
    const signal = AbortSignal.timeout(timeoutMs);
    const headers = { authorization, accept: 'application/vnd.github+json', 'x-github-api-version': '2022-11-28' };
    const post = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const [response, text] = await fetch(`${base}${path}`, { ...post, headers, signal, redirect: 'manual' })
      .then(async (answer) => [answer, await answer.text()] as const)
      .catch((cause: unknown) => {
        throw new UnavailableError('GitHub does not answer', 60, { cause });
      });
    if (response.status >= 500 || isLimited(response)) {
      throw new UnavailableError(`GitHub answered ${response.status}`, retryAfter(response.headers));
    }
    if (!response.ok) throw new GitHubRefusedError(response.status, text);
    const more = /<[^>]*>;\s*rel="next"/.test(response.headers.get('link') ?? '');
    return { text, more };
  };
}
