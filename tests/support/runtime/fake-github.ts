import { startServer, type FakeAnswer, type FakeCall, type FakeServer } from './http-server.ts';

/** A page of a comparison, as far as anybody looks at it. */
export interface ComparisonPage {
  readonly status: string;
  readonly files?: readonly { readonly filename: string; readonly previous_filename?: string }[];
}

/** GitHub's REST API over one repository, `example/aviary`, with the state that its calls change and look at. */
export interface FakeGitHub extends FakeServer {
  readonly token: string;
  readonly branches: Set<string>;
  readonly workflows: Set<string>;
  readonly runs: { readonly workflow: string; readonly ref: string }[];
  readonly comparisons: Map<string, readonly ComparisonPage[]>;
  readonly calls: FakeCall[];
  /** Answered to every call while it is set. */
  failure: FakeAnswer | undefined;
}

export async function fakeGitHub(): Promise<FakeGitHub> {
  const state = {
    token: 'github-token-of-the-test',
    branches: new Set(['main']),
    workflows: new Set(['deploy.yml']),
    runs: [] as { workflow: string; ref: string }[],
    comparisons: new Map<string, readonly ComparisonPage[]>(),
    calls: [] as FakeCall[],
    failure: undefined as FakeAnswer | undefined,
  };
  const notFound = { status: 404, body: { message: 'Not Found' } };

  function dispatch(workflow: string, body: unknown): FakeAnswer {
    const { ref, ...rest } = body as { ref: string };
    if (!state.workflows.has(workflow)) return notFound;
    if (!state.branches.has(ref)) return { status: 422, body: { message: `No ref found for: ${ref}` } };
    if (Object.keys(rest).length > 0) return { status: 422, body: { message: 'Unexpected inputs provided' } };
    state.runs.push({ workflow, ref });
    return { status: 204 };
  }

  function compare(range: string, url: URL): FakeAnswer {
    const pages = state.comparisons.get(range);
    const number = Number(url.searchParams.get('page'));
    const body = pages?.[number - 1];
    if (body === undefined) return notFound;
    const link = number < (pages?.length ?? 0) ? { link: `<${url.href}>; rel="next", <${url.href}>; rel="last"` } : {};
    return { status: 200, body, headers: link };
  }

  const server = await startServer((call) => {
    state.calls.push(call);
    if (state.failure !== undefined) return state.failure;
    if (call.headers.authorization !== `Bearer ${state.token}`) {
      return { status: 401, body: { message: 'Bad credentials' } };
    }
    const route = `${call.method} ${call.url.pathname}`;
    const workflow = /^POST \/repos\/example\/aviary\/actions\/workflows\/([^/]+)\/dispatches$/.exec(route)?.[1];
    if (workflow !== undefined) return dispatch(decodeURIComponent(workflow), call.body);
    const range = /^GET \/repos\/example\/aviary\/compare\/(.+)$/.exec(route)?.[1];
    return range === undefined ? notFound : compare(range, call.url);
  });
  return Object.assign(state, server);
}
