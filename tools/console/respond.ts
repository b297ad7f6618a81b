import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Failure } from '../lib/failure.ts';
import { fail } from '../lib/log.ts';
import type { Problem } from './api.ts';
import { Refusal } from './refusal.ts';

/** The page loads nothing from elsewhere, runs nothing that is written into it, and stands in no other page. */
export const consoleHeaders = {
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const;

export function sendJson(response: ServerResponse, status: number, data: unknown): void {
  response.writeHead(status, { ...consoleHeaders, 'content-type': 'application/json' }).end(JSON.stringify(data));
}

/** Answers with what went wrong; what nobody expected is also shown in the terminal. */
export function sendProblem(response: ServerResponse, error: unknown): void {
  const status = error instanceof Refusal ? error.status : error instanceof Failure ? 422 : 500;
  // Of a body that is refused, nothing more is read.
  if (status === 413) response.setHeader('connection', 'close');
  sendJson(response, status, problemOf(error));
}

/** Sends things as lines of JSON, as they come; one that fails ends with a {@link Problem}. */
export async function sendStream(response: ServerResponse, things: AsyncIterable<unknown>): Promise<void> {
  response.writeHead(200, { ...consoleHeaders, 'content-type': 'application/x-ndjson' }).flushHeaders();
  const lines = async function* (): AsyncGenerator<string> {
    try {
      for await (const thing of things) yield `${JSON.stringify(thing)}\n`;
    } catch (error) {
      if (!response.destroyed) yield `${JSON.stringify(problemOf(error))}\n`;
    }
  };
  await pipeline(Readable.from(lines()), response).catch((error: unknown) => {
    // Who asked has gone.
    if (!response.destroyed) throw error;
  });
}

function problemOf(error: unknown): Problem {
  if (error instanceof Failure) return { problem: error.problem, next: error.next };
  const text = error instanceof Error ? error : new Error(String(error));
  fail(`The console: ${text.stack ?? text.message}`);
  return { problem: `That failed: ${text.message}`, next: 'The terminal of npm start shows where.' };
}
