// Needs the sample domain, and goes with it: aviary begin.
import { createServer, type Server } from 'node:http';
import { chromium, type Browser, type Page } from 'playwright-core';
import { useStage } from '../support/aviary-stage.ts';
import { browserPath, hasBrowser } from '../support/console/browser.ts';
import { useConsole } from '../support/console/use-console.ts';

const stage = useStage();
const served = useConsole(stage);

(hasBrowser ? describe : describe.skip)('a page of another origin in a browser', () => {
  /** By these rules of the browser, names of the page's maker lead to this machine, as DNS rebinding has it. */
  const args = ['--no-sandbox', '--no-proxy-server', '--host-resolver-rules=MAP *.example.com 127.0.0.1'];
  let browser: Browser, pages: Server;
  beforeAll(async () => {
    pages = createServer((_request, response) => response.setHeader('content-type', 'text/html').end('<p>Hello'));
    await new Promise<void>((resolve) => pages.listen(0, '127.0.0.1', resolve));
    browser = await chromium.launch({ executablePath: browserPath, args });
  });
  afterAll(async () => {
    await browser.close();
    pages.close();
  });
  const foreign = async (): Promise<Page> => {
    const address = pages.address();
    const tab = await browser.newPage();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await tab.goto(`http://pages.example.com:${port}/`);
    return tab;
  };

  it('reads nothing and invokes nothing, here and at the local cloud', async () => {
    const tab = await foreign();
    const [origin, token] = served().console.url.split('/#token=');
    const { endpoint } = stage().cloud;
    const event = JSON.stringify({ action: 'create', data: { id: '1', name: 'Eve' }, correlationId: 'foreign-1' });
    const lambda = `${endpoint}/2015-03-31/functions/aviary-processor-local:live/invocations`;
    const body = `{"function":"processor","event":${event}}`;
    const requests: [string, { method?: string; mode?: 'no-cors'; body?: string; headers?: Record<string, string> }][] =
      [
        [`${origin ?? ''}/console/stage`, { headers: { authorization: `Bearer ${token ?? ''}` } }],
        [`${origin ?? ''}/console/invocations`, { method: 'POST', mode: 'no-cors', body }],
        [`${origin ?? ''}/`, {}],
        [lambda, { method: 'POST', body: event }],
        [lambda, { method: 'POST', mode: 'no-cors', body: event }],
        [`${endpoint}/?Action=ListQueues`, {}],
      ];

    const read = await tab.evaluate(async (all) => {
      const ask = async ([url, parts]: (typeof all)[number]): Promise<string> => {
        try {
          return await (await fetch(url, parts)).text();
        } catch {
          return 'no answer';
        }
      };
      return await Promise.all(all.map(ask));
    }, requests);
    // By no-cors an answer has no text that the page could read.
    expect(read).toEqual(['no answer', '', 'no answer', 'no answer', '', 'no answer']);
    await tab.close();
    await expect(served().page.get('traces/foreign-1')).resolves.toEqual([]);
  });

  it.each(['an image', 'a link'])('deletes nothing by %s', async (what) => {
    const tab = await foreign();
    const { endpoint } = stage().cloud;
    const queue = 'aviary-scheduled-dlq-local';
    const url = `${endpoint}/?Action=DeleteQueue&QueueUrl=${encodeURIComponent(`${endpoint}/000000000000/${queue}`)}`;

    const answered = tab.waitForResponse(url);
    await tab.setContent(what === 'an image' ? `<img src="${url}">` : `<a href="${url}">More</a>`);
    if (what === 'a link') await tab.getByRole('link').click();

    expect((await answered).status()).toBe(403);
    await tab.close();
    await expect(served().page.get('stores')).resolves.toContainEqual(expect.objectContaining({ name: queue }));
  });

  it('is answered by neither at a name that is made to lead here', async () => {
    const tab = await browser.newPage();
    const ports = [new URL(served().console.url).port, new URL(stage().cloud.endpoint).port];
    const statuses: (number | undefined)[] = [];

    for (const port of ports) statuses.push((await tab.goto(`http://rebound.example.com:${port}/`))?.status());

    await tab.close();
    expect(statuses).toEqual([403, 403]);
  });
});
