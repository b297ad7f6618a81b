import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { parse, stringify } from 'yaml';
import { openApiFile } from '../openapi/render-openapi.ts';
import { send } from '../local/loopback-server.ts';
import type { Serve } from './serve.ts';

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
 * Shows the OpenAPI document, as it is at each request, at `/docs`. Requests that a person tries there go through `/api`: the
 * API is at another port, from which a browser would not take the answer.
 * @param root of the repository
 * @param api where the API answers
 */
export function docsServer(root: string, api: string): Serve {
  return async (request, response, path) => {
    if (path.startsWith('/api/')) await pass(request, response, api);
    else if (path !== '/docs' && !path.startsWith('/docs/')) return false;
    else if (request.method !== 'GET') send(response, 405, 'text/plain', 'Method not allowed\n');
    else if (path === '/docs/') response.writeHead(302, { location: '/docs' }).end();
    else if (path === '/docs') send(response, 200, 'text/html', page);
    else if (path === '/docs/start.js') send(response, 200, 'text/javascript', start);
    else if (path === '/docs/openapi.yaml') send(response, 200, 'application/yaml', documentFor(root));
    else if (viewerFiles[path] !== undefined) send(response, 200, viewerFiles[path], viewerFile(root, path));
    else send(response, 404, 'text/plain', 'Not found\n');
    return true;
  };
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

/** An answer stands at the address of this server, and is no page of it, whatever the API says that it is. */
const harmless = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; sandbox",
  'x-content-type-options': 'nosniff',
};

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
  response.writeHead(answer.status, { ...Object.fromEntries(given), ...harmless }).end(await answer.text());
}
