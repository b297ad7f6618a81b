// Needs the sample domain, and goes with it: aviary begin.
import { existsSync, readFileSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { chromium } from 'playwright-core';
import { docsServer } from '../../../../tools/console/serve-docs.ts';
import { Failure } from '../../../../tools/lib/failure.ts';
import { startLoopbackServer, type LoopbackServer } from '../../../../tools/local/loopback-server.ts';
import { repository } from '../../../support/engine/a-folder.ts';

/** Debian's; .ci/run installs it where it can. */
const browserPath = '/usr/bin/chromium';
const describeWithBrowser = existsSync(browserPath) ? describe : describe.skip;

describe('the documentation of npm start', () => {
  let api: Server;
  let docs: LoopbackServer;
  let asked: string[] = [];
  beforeAll(async () => {
    api = createServer((call, response) => {
      void text(call).then((body) => {
        asked.push(`${call.method ?? ''} ${call.url ?? ''} ${body}`);
        response.writeHead(201, { 'content-type': 'application/json', 'x-correlation-id': 'c-1' });
        response.end('{"success":true,"data":{"items":[]}}');
      });
    });
    await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
    const address = api.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const serve = docsServer(repository, `http://127.0.0.1:${port}/local`);
    docs = await startLoopbackServer(0, async (request, response, path) => {
      if (!(await serve(request, response, path))) response.writeHead(404).end();
    });
  });
  afterAll(async () => {
    await docs.stop();
    await new Promise((resolve) => api.close(resolve));
  });
  beforeEach(() => {
    asked = [];
  });

  const get = (path: string): Promise<Response> => fetch(new URL(path, docs.url));

  it.each([
    ['/docs', 'text/html', 'swagger-ui-bundle.js'],
    ['/docs/start.js', 'text/javascript', '/docs/openapi.yaml'],
    ['/docs/swagger-ui.css', 'text/css', '.swagger-ui'],
    ['/docs/swagger-ui-bundle.js', 'text/javascript', 'SwaggerUIBundle'],
    ['/docs/openapi.yaml', 'application/yaml', '/users/{id}:'],
  ])('serves %s', async (path, type, content) => {
    const response = await get(path);

    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(`${type}; charset=utf-8`);
    await expect(response.text()).resolves.toContain(content);
  });

  it.each(['/package.json', '/docs/../package.json', '/docs/absolute-path.js'])('has nothing at %s', async (path) => {
    expect((await get(path)).status).toBe(404);
  });

  it('is silent to a name that somebody else gave this machine', async () => {
    const status = await new Promise((resolve, reject) => {
      request(new URL('/docs', docs.url), { headers: { host: 'docs.example.com' } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });

    expect(status).toBe(403);
  });

  it('passes a request on to the API, and its answer back', async () => {
    const body = '{"email":"ada@example.com"}';

    const response = await fetch(new URL('/api/users?a=1', docs.url), { method: 'POST', body });

    expect([response.status, response.headers.get('x-correlation-id')]).toEqual([201, 'c-1']);
    expect(asked).toEqual([`POST /local/users?a=1 ${body}`]);
  });

  it('lets no answer of the API be a page at its own address', async () => {
    const { headers } = await fetch(new URL('/api/users', docs.url));

    expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('is refused a port that is taken', async () => {
    const port = Number(new URL(docs.url).port);

    await expect(startLoopbackServer(port, () => undefined)).rejects.toBeInstanceOf(Failure);
  });

  describeWithBrowser('in a browser', () => {
    it('shows every route, asks no other host, and tries one', async () => {
      const browser = await chromium.launch({ executablePath: browserPath, args: ['--no-sandbox'] });
      try {
        const tab = await browser.newPage();
        const hosts = new Set<string>();
        const problems: string[] = [];
        tab.on('request', (it) => hosts.add(new URL(it.url()).host));
        tab.on('pageerror', (error) => problems.push(error.message));
        await tab.goto(`${docs.url}/docs`);
        await tab.locator('.opblock').first().waitFor();

        const shown = await tab.locator('.opblock').count();
        await tab.locator('#operations-users-getUsers .opblock-summary-control').click();
        await tab.getByRole('button', { name: 'Try it out' }).click();
        await tab.getByRole('button', { name: 'Execute' }).click();
        await tab.locator('.live-responses-table').waitFor();

        const document = readFileSync(join(repository, 'docs/openapi.yaml'), 'utf8');
        expect(shown).toBe(document.match(/operationId: /g)?.length);
        expect(asked).toEqual([expect.stringMatching(/^GET \/local\/users\?limit=25/)]);
        expect([...hosts]).toEqual([new URL(docs.url).host]);
        expect(problems).toEqual([]);
      } finally {
        await browser.close();
      }
    });
  });
});
