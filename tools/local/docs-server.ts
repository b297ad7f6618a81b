import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { parse, stringify } from 'yaml';
import { openApiFile } from '../openapi/render-openapi.ts';
import { claimPort } from './ports.ts';

export interface DocsOptions {
  /** The repository. */
  readonly root: string;
  /** Where the API answers. */
  readonly api: string;
  /** 0 for any free one. */
  readonly port: number;
}

export interface DocsServer {
  /** Where a browser finds the documentation. */
  readonly url: string;
  stop(): Promise<void>;
}

/** The page; the viewer comes out of node_modules, so nothing is asked of any other machine. */
const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>API</title>
    <link rel="stylesheet" href="/docs/swagger-ui.css" />
  </head>
  <body>
    <div id="api"></div>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
`;
const start = "SwaggerUIBundle({ url: '/docs/openapi.yaml', dom_id: '#api', validatorUrl: null });\n";
const viewerFiles: Readonly<Record<string, string>> = {
  '/docs/swagger-ui.css': 'text/css',
  '/docs/swagger-ui-bundle.js': 'text/javascript',
};

/**
 * Shows the OpenAPI document, as it is at each request, at `/docs`, to this machine alone. Requests that a person tries
 * there go through `/api`: the API is at another port, from which a browser would not take the answer.
 * @throws Failure where the port is taken
 */
export async function startDocsServer({ root, api, port }: DocsOptions): Promise<DocsServer> {
  const claimed = await claimPort(port);
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : undefined);
    });
  });
  const hosts = new Set([`127.0.0.1:${claimed}`, `localhost:${claimed}`]);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    // A page of another name that resolves to this machine is not to read what is here.
    if (!hosts.has(request.headers.host ?? '')) send(response, 403, 'text/plain', 'Not for this host\n');
    else if (path.startsWith('/api/')) await pass(request, response, api);
    else if (request.method !== 'GET') send(response, 405, 'text/plain', 'Method not allowed\n');
    else if (path === '/' || path === '/docs/') response.writeHead(302, { location: '/docs' }).end();
    else if (path === '/docs') send(response, 200, 'text/html', page);
    else if (path === '/docs/start.js') send(response, 200, 'text/javascript', start);
    else if (path === '/docs/openapi.yaml') send(response, 200, 'application/yaml', documentFor(root));
    else if (viewerFiles[path] !== undefined) send(response, 200, viewerFiles[path], viewerFile(root, path));
    else send(response, 404, 'text/plain', 'Not found\n');
  }

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
  return { url: `http://127.0.0.1:${claimed}/docs`, stop };
}

function send(response: ServerResponse, status: number, type: string, body: string | Buffer): void {
  response.writeHead(status, {
    'content-type': `${type}; charset=utf-8`,
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:",
    'x-content-type-options': 'nosniff',
  });
  response.end(body);
}

function viewerFile(root: string, path: string): Buffer {
  const viewer = createRequire(join(root, 'package.json')).resolve(`swagger-ui-dist${path.replace('/docs', '')}`);
  return readFileSync(viewer);
}

/** The document with the address that a browser reaches the API at. */
function documentFor(root: string): string {
  const document: unknown = parse(readFileSync(join(root, openApiFile), 'utf8'));
  return stringify({ ...(typeof document === 'object' ? document : {}), servers: [{ url: '/api' }] });
}

const headersToPass = ['content-type', 'x-correlation-id', 'authorization', 'location', 'retry-after', 'allow'];

async function pass(request: IncomingMessage, response: ServerResponse, api: string): Promise<void> {
  const headers = Object.entries(request.headers).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' && (headersToPass.includes(name) || name.startsWith('x-')) ? [[name, value]] : [],
  );
  const body = await textOf(request);
  const answer = await fetch(`${api}${(request.url ?? '').replace(/^\/api/, '')}`, {
    method: request.method ?? 'GET',
    headers,
    ...(body === '' ? {} : { body }),
  });
  const given = headersToPass.flatMap((name): [string, string][] => {
    const value = answer.headers.get(name);
    return value === null ? [] : [[name, value]];
  });
  response.writeHead(answer.status, Object.fromEntries(given)).end(await answer.text());
}
