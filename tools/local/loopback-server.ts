import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { ownHosts, whyForeign } from './own-requests.ts';
import { claimPort, portTaken } from './ports.ts';

/** A server of pages that this machine alone reaches. */
export interface LoopbackServer {
  /** `http://127.0.0.1:<port>`. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Answers a request; what it throws breaks the connection. */
export type Answer = (request: IncomingMessage, response: ServerResponse, path: string) => Promise<void> | void;

/**
 * Starts a server for browsers of this machine, which answers requests of its own pages alone.
 * @param port 0 for any free one
 * @throws Failure where the port is taken
 */
export async function startLoopbackServer(port: number, answer: Answer): Promise<LoopbackServer> {
  const claimed = await claimPort(port);
  const hosts = ownHosts(claimed);
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    const foreign = whyForeign(request.headers, hosts);
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const answered = async (): Promise<void> => {
      if (foreign === undefined) await answer(request, response, path);
      else send(response, 403, 'text/plain', `${foreign}\n`);
    };
    answered().catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : undefined);
    });
  };
  const servers: Server[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(servers.map(close));
  };
  // Browsers may take `localhost` for either.
  for (const host of ['127.0.0.1', '::1']) {
    try {
      servers.push(await listening(createServer(handle), claimed, host));
    } catch (error) {
      if (host === '::1' && isMissing(error)) continue;
      await stop();
      throw portTaken(claimed, '--port', error);
    }
  }
  return { url: `http://127.0.0.1:${claimed}`, stop };
}

function listening(server: Server, port: number, host: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen({ port, host, exclusive: true }, () => {
      resolve(server);
    });
  });
}

/** Whether the machine has no such address, as one without IPv6. */
function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes(String(error.code));
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}

/** Answers with a page or a part of one, which may load nothing from elsewhere. */
export function send(response: ServerResponse, status: number, type: string, body: string | Buffer): void {
  response.writeHead(status, {
    'content-type': `${type}; charset=utf-8`,
    'cache-control': 'no-store',
    'content-security-policy':
      "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'",
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  });
  response.end(body);
}
