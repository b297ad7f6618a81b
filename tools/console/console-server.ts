import { existsSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { Failure } from '../lib/failure.ts';
import { warn } from '../lib/log.ts';
import { startLoopbackServer, type Answer, type LoopbackServer } from '../local/loopback-server.ts';
import { openApiFile } from '../openapi/render-openapi.ts';
import { consoleRoutes, type ConsoleStage } from './console-routes.ts';
import { readBody } from './read-body.ts';
import { Refusal } from './refusal.ts';
import { sendJson, sendProblem, sendStream } from './respond.ts';
import { router, type Call, type Route } from './routes.ts';
import { dashboardServer } from './serve-dashboards.ts';
import { docsServer } from './serve-docs.ts';
import { pageServer } from './serve-page.ts';
import { carriesToken, newToken } from './token.ts';

/** Where it is, unless another program is there. */
export const consolePort = 4600;

export interface Console {
  /** Where a browser finds it. The token is in the fragment, which is never sent, logged or told to another page. */
  readonly url: string;
  /** Where it shows the API's documentation; undefined where there is none. */
  readonly docs: string | undefined;
  stop(): Promise<void>;
}

/**
 * Serves the console of a stage to browsers of this machine. What it can do (invoke, purge, switch) wants the token of
 * this start, and a request of its own page.
 * @param port 0 for any free one; where it is taken, that is said and another one is
 */
export async function startConsole(stage: ConsoleStage, port: number): Promise<Console> {
  const token = newToken();
  const find = router(consoleRoutes(stage));
  const { root } = stage.connection;
  const { api } = stage;
  const hasDocs = api !== undefined && existsSync(join(root, openApiFile));
  const open = [pageServer(root), dashboardServer(stage.connection), ...(hasDocs ? [docsServer(root, api)] : [])];

  async function answer(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    for (const serve of open) if (await serve(request, response, path)) return;
    if (!carriesToken(request.headers.authorization, token)) {
      throw new Refusal(401, 'That is not the token of this start.', 'Open the address that npm start shows.');
    }
    const { route, part } = find(request.method ?? '', path);
    await run(route, part, request, response);
  }

  const server = await startSomewhere(port, async (request, response, path) => {
    try {
      await answer(request, response, path);
    } catch (error) {
      if (response.headersSent || response.destroyed) throw error;
      sendProblem(response, error);
    }
  });
  const origin = server.url.replace('127.0.0.1', 'localhost');
  return {
    url: `${origin}/#token=${token}`,
    docs: hasDocs ? `${origin}/docs` : undefined,
    stop: () => server.stop(),
  };
}

async function run(
  route: Route,
  part: Call['part'],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => {
    gone.abort();
  });
  const query = new URLSearchParams(request.url?.split('?')[1] ?? '');
  const given = await route({ part, query, body: () => readBody(request), signal: gone.signal });
  if (isStream(given)) await sendStream(response, given);
  else sendJson(response, 200, given);
}

const isStream = (given: unknown): given is AsyncIterable<unknown> =>
  typeof given === 'object' && given !== null && Symbol.asyncIterator in given;

async function startSomewhere(port: number, answer: Answer): Promise<LoopbackServer> {
  try {
    return await startLoopbackServer(port, answer);
  } catch (error) {
    if (port === 0 || !(error instanceof Failure)) throw error;
    warn(`Port ${port} is in use by another program: the console is at another one. --console-port chooses which.`);
    return await startLoopbackServer(0, answer);
  }
}
