import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a fake answers; `hang` leaves the caller waiting. */
export type FakeAnswer = { status: number; body?: unknown; headers?: Record<string, string> } | 'hang';

/** One call as it came in. */
export interface FakeCall {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}

/** An HTTP server on this machine. */
export interface FakeServer {
  readonly base: string;
  readonly close: () => Promise<void>;
}

/** The body as JSON, or as it is. */
function bodyOf(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return text;
  }
}

/** Starts a server on a free port that answers as it is told, and when. */
export async function startServer(answer: (call: FakeCall) => FakeAnswer | Promise<FakeAnswer>): Promise<FakeServer> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      const call = {
        method: request.method ?? '',
        url: new URL(request.url ?? '/', 'http://fake'),
        headers: request.headers,
        body: bodyOf(text),
      };
      void Promise.resolve(answer(call)).then((result) => {
        if (result === 'hang') return;
        response.writeHead(result.status, { 'content-type': 'application/json', ...result.headers });
        response.end(result.body === undefined ? '' : JSON.stringify(result.body));
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    base: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
