import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { claimPort } from './ports.ts';

/** A server of pages that this machine alone reaches. */
export interface LoopbackServer {
  /** `http://127.0.0.1:<port>`. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Answers a request; what it throws breaks the connection. */
export type Answer = (request: IncomingMessage, response: ServerResponse, path: string) => Promise<void> | void;

/**
 * Starts a server for browsers of this machine.
 * @param port 0 for any free one
 * @throws Failure where the port is taken
 */
export async function startLoopbackServer(port: number, answer: Answer): Promise<LoopbackServer> {
  const claimed = await claimPort(port);
  const hosts = new Set([`127.0.0.1:${claimed}`, `localhost:${claimed}`]);
  const server = createServer((request, response) => {
    // A page of another name that resolves to this machine is not to read what is here.
    const isMeant = hosts.has(request.headers.host ?? '');
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const answered = async (): Promise<void> => {
      if (isMeant) await answer(request, response, path);
      else send(response, 403, 'text/plain', 'Not for this host\n');
    };
    answered().catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : undefined);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen({ port: claimed, host: '127.0.0.1', exclusive: true }, resolve);
  });
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => {
        resolve();
      });
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${claimed}`, stop };
}

/** Answers with a page or a part of one, which may load nothing from elsewhere. */
export function send(response: ServerResponse, status: number, type: string, body: string | Buffer): void {
  response.writeHead(status, {
    'content-type': `${type}; charset=utf-8`,
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:",
    'x-content-type-options': 'nosniff',
  });
  response.end(body);
}
