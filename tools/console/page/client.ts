// The one place that asks the server: with the token of the start, which came in the address's fragment.
import type { Problem } from '../api.ts';
import { parse } from './json.ts';

const tokenKey = 'aviary.console.token';

/** The server's refusal, or its silence. */
export class Refusal extends Error {
  readonly problem: Problem;
  /** Of HTTP; 0 where there was no answer. */
  readonly status: number;

  constructor(status: number, problem: Problem) {
    super(problem.problem);
    this.status = status;
    this.problem = problem;
  }
}

/** Keeps the token of `#token=…` for this tab, and takes it out of the address bar. True where there was one. */
export function takeToken(): boolean {
  const token = /^#token=(.+)$/.exec(location.hash)?.[1];
  if (token === undefined) return false;
  sessionStorage.setItem(tokenKey, token);
  history.replaceState(null, '', location.pathname);
  return true;
}

export const hasToken = (): boolean => sessionStorage.getItem(tokenKey) !== null;

/** A path below `/console/` of parts that may have any character. */
export const pathOf = (...parts: readonly string[]): string => `/console/${parts.map(encodeURIComponent).join('/')}`;

/** @throws Refusal */
export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  return parse<T>(await (await send(path, 'GET', undefined, signal)).text());
}

/** @throws Refusal */
export async function post<T>(path: string, body: object = {}): Promise<T> {
  return parse<T>(await (await send(path, 'POST', body)).text());
}

/**
 * Lines of JSON, as they come. Resolves when the server has taken the request; what it gives ends with the stream.
 * @throws Refusal here, and where the server goes away meanwhile
 */
export async function stream<T>(path: string, signal: AbortSignal, body?: object): Promise<AsyncGenerator<T, void>> {
  const response = await send(path, body === undefined ? 'GET' : 'POST', body, signal);
  return linesOf<T>(response);
}

async function* linesOf<T>({ body }: Response): AsyncGenerator<T, void> {
  if (body === null) return;
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read().catch(unreachable);
    if (done) return;
    const parts = `${rest}${value}`.split('\n');
    rest = parts.pop() ?? '';
    for (const part of parts) if (part !== '') yield accepted(parse<T | Problem>(part));
  }
}

/** A stream that fails ends with what is wrong. */
function accepted<T>(value: T | Problem): T {
  if (isProblem(value)) throw new Refusal(500, value);
  return value;
}

const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' && value !== null && 'problem' in value && 'next' in value;

async function send(path: string, method: string, body?: object, signal?: AbortSignal): Promise<Response> {
  const response = await fetch(path, {
    method,
    headers: {
      authorization: `Bearer ${sessionStorage.getItem(tokenKey) ?? ''}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  }).catch(unreachable);
  if (!response.ok) throw new Refusal(response.status, await problemIn(response));
  return response;
}

async function problemIn(response: Response): Promise<Problem> {
  try {
    return parse<Problem>(await response.text());
  } catch {
    return { problem: `The server has answered with ${response.status}.`, next: 'Read what npm start prints.' };
  }
}

function unreachable(): never {
  throw new Refusal(0, {
    problem: 'The server of this page does not answer.',
    next: 'Start it with npm start, and open the address that it prints.',
  });
}

/** What went wrong, for people. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Refusal) return error.problem;
  return { problem: String(error), next: 'Load this page again.' };
}
