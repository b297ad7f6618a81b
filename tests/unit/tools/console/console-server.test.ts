// Needs the sample domain, and goes with it: aviary begin.
import { createServer, type Server } from 'node:http';
import { consoleRoutes } from '../../../../tools/console/console-routes.ts';
import { startConsole, type Console } from '../../../../tools/console/console-server.ts';
import { stageChanges } from '../../../../tools/console/stage-changes.ts';
import { readStage } from '../../../../tools/template/read-stages.ts';
import { repository } from '../../../support/engine/a-folder.ts';
import { rawRequest, type RawAnswer, type RawParts } from '../../../support/raw-request.ts';

/** No cloud answers there: what is asked of it fails. */
const stage = {
  connection: { root: repository, stage: readStage(repository, 'local'), endpoint: 'http://127.0.0.1:9' },
  api: 'http://127.0.0.1:9/local',
  changes: stageChanges(),
};
const routes = Object.keys(consoleRoutes(stage)).map((key): [string, string] => {
  const [method = '', path = ''] = key.split(' ');
  return [method, path.replaceAll(/:\w+/g, 'x')];
});

describe('the console of npm start', () => {
  let served: Console, origin: string, token: string;
  beforeAll(async () => {
    served = await startConsole(stage, 0);
    [origin = '', token = ''] = served.url.split('/#token=');
  });
  afterAll(() => served.stop());

  const ask = (path: string, parts: RawParts = {}): Promise<RawAnswer> => rawRequest(origin, path, parts);
  const withToken = (headers: Readonly<Record<string, string>> = {}): Record<string, string> => ({
    authorization: `Bearer ${token}`,
    ...headers,
  });
  const corsOf = ({ headers }: RawAnswer): string[] =>
    Object.keys(headers).filter((name) => name.startsWith('access-control-'));

  it('has a token of 256 bits in the fragment, another one at each start', async () => {
    const another = await startConsole(stage, 0);
    await another.stop();

    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect(another.url).not.toContain(token);
  });

  it('listens on the loopback alone, by each of its names', async () => {
    const { port } = new URL(origin);
    const statuses = await Promise.all(
      ['localhost', '127.0.0.1'].map(async (name) => (await rawRequest(`http://${name}:${port}`, '/')).status),
    );
    const byIPv6 = rawRequest(origin, '/', { headers: { host: `[::1]:${port}` } });

    expect([...statuses, (await byIPv6).status]).toEqual([200, 200, 200]);
  });

  describe.each(routes)('%s %s', (method, path) => {
    const wrong = `${'A'.repeat(42)}E`;

    it.each([
      ['no token', {}],
      ['another token', { authorization: `Bearer ${wrong}` }],
      ['the token in another form', { authorization: wrong }],
      ['the token in a cookie', { cookie: `token=${wrong}` }],
    ])('answers 401 to %s, and always the same', async (_what, headers) => {
      const answer = await ask(path, { method, headers });

      expect([answer.status, answer.text]).toEqual([
        401,
        '{"problem":"That is not the token of this start.","next":"Open the address that npm start shows."}',
      ]);
    });

    it.each([
      ['another origin', { origin: 'http://pages.example.com' }],
      ['another port of this machine', { origin: 'http://localhost:3000' }],
      ['a page without an origin', { origin: 'null' }],
      ['this origin by https', { origin: 'https://localhost' }],
      ['another site', { 'sec-fetch-site': 'cross-site' }],
      ['another origin of the same site', { 'sec-fetch-site': 'same-site' }],
      ['another name that leads here', { host: 'rebound.example.com' }],
      ['another name with the port', { host: 'rebound.example.com:4600' }],
      ['the name of this machine at another port', { host: 'localhost:1' }],
    ])('answers 403 to %s, also with the token', async (_what, headers) => {
      const answer = await ask(path, { method, headers: withToken(headers) });

      expect([answer.status, corsOf(answer)]).toEqual([403, []]);
    });
  });

  it('answers a preflight of another origin with a refusal, and with nothing that a browser takes for leave', async () => {
    const answer = await ask('/console/invocations', {
      method: 'OPTIONS',
      headers: {
        origin: 'http://pages.example.com',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      },
    });

    expect([answer.status, corsOf(answer)]).toEqual([403, []]);
  });

  it('does nothing on what a form of another page can send, even if its origin were taken for its own', async () => {
    const answer = await ask('/console/invocations', {
      method: 'POST',
      headers: withToken({ 'content-type': 'text/plain' }),
      body: '{"function":"users","event":{}}',
    });

    expect(answer.status).toBe(415);
  });

  it('takes the token from its own page', async () => {
    const headers = withToken({ origin, 'sec-fetch-site': 'same-origin' });

    const answer = await ask('/console/functions/users/samples', { headers });

    expect([answer.status, answer.text]).toEqual([200, expect.stringContaining('"name":"create-user"')]);
  });

  const json = { 'content-type': 'application/json' };

  it.each([
    ['what is no JSON', '{"function":', 400, 'The body is no JSON.'],
    ['another thing', '{"function":"users"}', 400, 'event'],
    ['more than it knows', '{"function":"users","event":{},"stage":"production"}', 400, 'stage'],
    ['an empty body', '', 400, 'The body is no JSON.'],
    ['more than Lambda takes', `{"a":"${'a'.repeat(6 * 1024 * 1024)}"}`, 413, 'The body is too long.'],
  ])('refuses %s', async (_what, body, status, problem) => {
    const answer = await ask('/console/invocations', { method: 'POST', headers: withToken(json), body });

    expect([answer.status, answer.text]).toEqual([status, expect.stringContaining(problem)]);
  });

  it.each([
    ['DELETE', '/console/stage', 405],
    ['GET', '/console/invocations', 405],
    ['POST', '/console/stage', 405],
    ['POST', '/', 404],
    ['GET', '/console', 404],
    ['GET', '/console/../../package.json', 404],
    ['GET', '/../package.json', 404],
    ['GET', '/%2e%2e/package.json', 404],
    ['GET', '/console.js/../../main.tsx', 404],
    ['GET', '//rebound.example.com/console/stage', 404],
    ['GET', 'http://rebound.example.com/console/stage', 404],
    ['GET', '/console/functions/..%2f..%2ffunctions%2fusers/samples', 422],
    ['GET', '/console/functions/%ff/samples', 400],
    ['GET', '/console/traces?since=yesterday', 400],
    ['GET', '/console/stores/bucket/x', 404],
    ['GET', '/docs/../package.json', 404],
  ])('has nothing for %s %s', async (method, path, status) => {
    const answer = await ask(path, { method, headers: withToken() });

    expect([answer.status, answer.text]).toEqual([status, expect.not.stringContaining('devDependencies')]);
  });

  it('lets its page load nothing from elsewhere, run nothing inline, and stand in no other page', async () => {
    const { headers, text } = await ask('/');

    expect(headers).toMatchObject({
      'content-security-policy':
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
    expect(text).not.toMatch(/<script(?![^>]* src="\/console\.js")|<style|\sstyle=|\son\w+=/);
    expect(text).not.toContain(token);
  });

  it.each(['/console.js', '/console.css'])('sends %s compressed to who takes it', async (path) => {
    const plain = await fetch(`${origin}${path}`, { headers: { 'accept-encoding': 'identity' } });
    const [text, answers] = [
      await plain.text(),
      await Promise.all(
        ['br', 'gzip'].map(async (encoding) => {
          const { headers } = await ask(path, { headers: { 'accept-encoding': `${encoding};q=1, *;q=0` } });
          return headers['content-encoding'];
        }),
      ),
    ];

    expect(text.length).toBeGreaterThan(100);
    expect(answers).toEqual(['br', 'gzip']);
    // `fetch` decompresses what it is sent.
    await expect((await fetch(`${origin}${path}`)).text()).resolves.toBe(text);
  });

  it('goes to another port where its own is taken, and says so', async () => {
    const other = await new Promise<Server>((resolve) => {
      const server = createServer().listen(0, '127.0.0.1', () => {
        resolve(server);
      });
    });
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const said = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    try {
      const console = await startConsole(stage, port);
      await console.stop();

      expect(new URL(console.url).port).not.toBe(String(port));
      expect(said.mock.calls.join('')).toContain(`Port ${port} is in use by another program`);
    } finally {
      said.mockRestore();
      other.close();
    }
  });
});
