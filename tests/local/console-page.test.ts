// Needs the sample domain, and goes with it: aviary begin.
import type { Locator } from 'playwright-core';
import { startConsole, type Console } from '../../tools/console/console-server.ts';
import { stageChanges } from '../../tools/console/stage-changes.ts';
import { compareStage } from '../../tools/stack/compare-stage.ts';
import type { Connection } from '../../tools/stack/connection.ts';
import { localStage, readStage } from '../../tools/template/read-stages.ts';
import { functionNames, useStage } from '../support/aviary-stage.ts';
import { ConsoleBrowser, hasBrowser } from '../support/console/browser.ts';
import { inFull } from '../support/depth.ts';
import { putDeadLetter } from '../support/put-dead-letter.ts';
import { eventually } from '../support/runtime/eventually.ts';

const describeWithBrowser = hasBrowser ? describe : describe.skip;

describeWithBrowser("the console's page", () => {
  let server: Console;
  let browser: ConsoleBrowser;
  // Before the stage ends, which hooks do in the order in which they stand here.
  afterAll(async () => {
    await browser.end();
    await server.stop();
  });
  const stage = useStage();
  const changes = stageChanges();
  /** Compressed bytes of the first load, by path. */
  const weights = new Map<string, number>();

  const connection = (): Connection => {
    const { clone, cloud } = stage();
    return { root: clone.root, stage: readStage(clone.root, localStage), endpoint: cloud.endpoint };
  };
  const start = async (port = 0): Promise<Console> =>
    await startConsole({ connection: connection(), api: await stage().apiUrl(), changes }, port);
  const addressOf = (view: string): string => new URL(`/#/${view}`, server.url).href;
  const open = async (view: string): Promise<void> => {
    await browser.page.goto(addressOf(view));
  };
  /** Waits for it; what is not seen after some seconds is an error that names it. */
  const expectSeen = (what: Locator): Promise<void> => what.first().waitFor();
  const heading = (name: string) => browser.page.getByRole('heading', { level: 1, name, exact: true });
  const button = (name: string | RegExp) => browser.page.getByRole('button', { name });

  beforeAll(async () => {
    [server, browser] = [await start(), await ConsoleBrowser.start()];
    browser.page.on('requestfinished', (request) => {
      void request
        .sizes()
        .then(({ responseBodySize }) => weights.set(new URL(request.url()).pathname, responseBodySize));
    });
    await browser.page.goto(server.url);
    await browser.page.getByRole('row').first().waitFor();
  });

  it('weighs at most 150 KB compressed, all that its first load fetches together', async () => {
    const fetched = await eventually(
      () => Promise.resolve([...weights.keys()]),
      (paths) => paths.length >= 4,
    );

    expect(fetched.sort()).toEqual(['/', '/console.css', '/console.js', '/console/stage']);
    expect([...weights.values()].reduce((sum, bytes) => sum + bytes, 0)).toBeLessThanOrEqual(150 * 1024);
  });

  it('keeps the token out of the address bar, and for a reload', async () => {
    const { page } = browser;
    const shown = page.url();

    await page.reload();

    expect(shown).not.toContain('token');
    await page.getByRole('link', { name: 'users', exact: true }).waitFor();
  });

  it('lists every function, with its release and what invokes it', async () => {
    await open('functions');
    const row = browser.page
      .getByRole('row')
      .filter({ has: browser.page.getByRole('rowheader', { name: 'users', exact: true }) });
    await row.waitFor();

    const names = await browser.page.getByRole('rowheader').allTextContents();
    const text = await row.textContent();

    expect(names.sort()).toEqual(functionNames);
    expect(text).toMatch(/same1[0-9a-f]{12}.*POST \/users/);
  });

  it('invokes a function with a sample of its folder, and leads from its answer and log lines to its trace', async () => {
    const { page } = browser;
    await open('functions');
    await page.getByRole('link', { name: 'users', exact: true }).click();
    await page.getByLabel('Event', { exact: true }).selectOption('create-user');

    await button('Invoke').click();

    await page.getByText('HTTP 201').waitFor();
    await expect(page.getByLabel('Answer of the function').textContent()).resolves.toContain(
      '"email": "ada@example.com"',
    );
    await page.getByRole('list', { name: 'Log lines of the invocation' }).getByText('Request handled').waitFor();
    await page.getByRole('link', { name: 'Trace of this request' }).click();
    await page
      .getByRole('row')
      .filter({ has: page.getByRole('rowheader', { name: 'users' }) })
      .first()
      .waitFor();
    await expect(heading('Trace').count()).resolves.toBe(1);
  });

  it('says what is wrong with the JSON of an own event, and sends none of it', async () => {
    const { page } = browser;
    const sent: string[] = [];
    page.on('request', (it) => {
      if (it.url().endsWith('/console/invocations')) sent.push(it.url());
    });
    await open('functions/processor');
    const editor = page.getByLabel('Event, as JSON');
    await editor.fill('{ "action": "create", data }');

    await page.getByText(/^Not JSON: /).waitFor();
    await editor.press('Control+Enter');

    await expect(button('Invoke').isDisabled()).resolves.toBe(true);
    expect(sent).toEqual([]);
    await editor.fill('{ "action": "explode" }');
    await button('Invoke').click();
    await page.getByText(/^failed: /).waitFor();
    expect(sent).toHaveLength(1);
  });

  it('draws what a saved file reaches, by itself: exactly the functions that a deploy would move', async () => {
    const { page } = browser;
    const { clone } = stage();
    await open('graph');
    await page.getByRole('group', { name: /^Which files reach/ }).waitFor();

    clone.edit('layers/shared/src/http/respond.ts', /^/, '// A comment changes nothing.\n');
    clone.edit('layers/shared/src/pagination/page-token.ts', 'of this list', 'of that list');
    changes.emit('changed', 'tree');

    await button(/^shared\/pagination\/page-token\.ts, .*, changed, reaches \d+ function/).waitFor();
    const drawn = await page.locator('.node.function text').allTextContents();
    const { plan } = await compareStage(connection());
    const moving = plan.items.filter(({ kind, change }) => kind === 'function' && change === 'changed');
    expect(drawn.sort()).toEqual(moving.map(({ name }) => name).sort());
    expect(drawn).toContain('users');
    await button(/^shared\/pagination\/page-token/).click();
    await expectSeen(page.getByRole('region', { name: 'Chosen node' }).getByRole('link', { name: 'users' }));
    await browser.inBothThemes('console');
    clone.reset();
    changes.emit('changed', 'tree');
    await button(/^shared\/pagination\/page-token\.ts, .*changed/).waitFor({ state: 'detached' });
  });

  it('shows a log line as it comes, finds it by its correlation id, and stays as it is while it is paused', async () => {
    const { page } = browser;
    const request = await stage().api();
    const ask = (id: string) => request('GET', '/health', { headers: { 'x-correlation-id': id } });
    await open('logs');
    await page.getByRole('list', { name: 'Log lines' }).waitFor();

    await ask('console-live-1');

    await page.getByRole('link', { name: 'console-live-1' }).first().waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('console-live-1');
    await expect(page.locator('.line').filter({ hasNotText: 'console-live-1' }).count()).resolves.toBe(0);
    await button('Pause').click();
    await page.getByLabel('Text or correlation id').fill('console-live-2');
    await ask('console-live-2');
    await expect(page.getByText('No line is so.').count()).resolves.toBe(1);
    await button('Go on').click();
    await page.getByRole('link', { name: 'console-live-2' }).first().click();
    await page.getByRole('rowheader', { name: 'health' }).waitFor();
  });

  it('lists the latest requests, and a new one as it comes', async () => {
    const { page } = browser;
    await open('traces');
    await page.getByRole('link', { name: 'console-live-1' }).waitFor();

    await (
      await stage().api()
    )('GET', '/health', { headers: { 'x-correlation-id': 'console-live-3' } });

    await expectSeen(page.getByRole('link', { name: 'console-live-3' }));
  });

  it('shows what a table has', async () => {
    const { page } = browser;
    await open('stores');
    await page.getByRole('link', { name: 'aviary-main-local' }).click();

    await page.getByText('EMAIL#ada@example.com', { exact: true }).click();

    await expectSeen(page.getByRole('group', { name: 'Item 1' }).getByText('"userId"'));
  });

  it('shows a dead letter with its cause, replays it after a dry run, and deletes one only after it has asked', async () => {
    const { page } = browser;
    const event = { action: 'create', data: { id: 'console-1', name: 'Ada' }, correlationId: 'console-1' };
    await putDeadLetter(stage().client, event);
    await open('dead-letters/aviary-processor-dlq-local');
    await page.getByText('data.name: too small').waitFor();

    await expect(button('Replay').isDisabled()).resolves.toBe(true);
    await button('Dry run').click();
    await page.getByText('would be replayed').waitFor();
    await button('Replay').click();

    await page.getByText('replayed', { exact: true }).waitFor();
    await page.getByText('This queue is empty.').waitFor();
    await putDeadLetter(stage().client, event);
    await button('Refresh').click();
    await button('Purge …').click();
    await button('Cancel').click();
    await expect(page.getByText('data.name: too small').count()).resolves.toBe(1);
    await button('Purge …').click();
    await button('Delete them').click();
    await page.getByText('1 deleted.').waitFor();
  });

  it('switches a flag, which is so after a reload', async () => {
    const { page } = browser;
    await open('flags');
    const flag = page.getByRole('main').getByRole('switch').first();
    await flag.waitFor();
    const before = await flag.getAttribute('aria-checked');

    await flag.click();

    await page
      .locator(`main [role=switch]:not([aria-checked=${String(before)}])`)
      .first()
      .waitFor();
    await page.reload();
    await flag.waitFor();
    await expect(flag.getAttribute('aria-checked')).resolves.not.toBe(before);
  });

  it('rehearses a canary: its minutes, how it ended, and its picture', async () => {
    const { page } = browser;
    await open('canary');
    await page.getByLabel('Function').selectOption('health');
    await page.getByLabel('Requests in all').fill('20');

    await button('Rehearse').click();

    await page.getByText('All traffic shifted').waitFor();
    const minutes = await page.getByRole('rowheader').allTextContents();
    expect(minutes).toEqual(['1', '2', '3', '4', '5']);
    await expectSeen(page.getByRole('img', { name: /^The timeline of health/ }));
    await expect(page.evaluate<number>("document.querySelector('.picture').naturalWidth")).resolves.toBeGreaterThan(0);
  });

  it('is used by keyboard alone, from the top of the page to an answer', async () => {
    const { page } = browser;
    await open('flags');
    await page.reload();
    await heading('Flags').waitFor();

    await browser.tabTo('.skip', 1);
    await browser.tabTo('nav a[href="#/functions"]');
    await page.keyboard.press('Enter');
    await heading('Functions').waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('health');
    await browser.tabTo('a[href="#/functions/health"]');
    await page.keyboard.press('Enter');
    await page.getByLabel('Event, as JSON').waitFor();
    await browser.tabTo('textarea');
    await page.keyboard.press('Control+Enter');

    await expectSeen(page.getByText('HTTP 200'));
  });

  it('lists its keys, and jumps by them', async () => {
    const { page } = browser;
    await open('functions');
    await heading('Functions').waitFor();

    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('g');
    await page.keyboard.press('s');

    await expectSeen(heading('Stores'));
  });

  it('takes the theme of the system, and keeps another one that was chosen', async () => {
    const { page } = browser;
    const ground = () => page.evaluate<string>('getComputedStyle(document.documentElement).backgroundColor');
    await page.emulateMedia({ colorScheme: 'light' });
    const light = await ground();
    await page.emulateMedia({ colorScheme: 'dark' });
    const dark = await ground();

    await page.emulateMedia({ colorScheme: 'light' });
    await page.getByRole('switch', { name: 'Dark theme' }).click();
    await page.reload();
    await page.getByRole('switch', { name: 'Dark theme' }).waitFor();

    expect(dark).not.toBe(light);
    await expect(ground()).resolves.toBe(dark);
    await page.evaluate('localStorage.clear()');
    await page.reload();
  });

  it.each([
    ['functions', 'functions', 'users'],
    ['function', 'functions/users', 'Invoke'],
    ['graph', 'graph', 'Triggers'],
    ['logs', 'logs', 'Request handled'],
    ['traces', 'traces', 'console-live-1'],
    ['trace', 'traces/console-live-1', 'Request handled'],
    ['stores', 'stores', 'aviary-main-local'],
    ['store', 'stores/table/aviary-main-local', 'EMAIL#'],
    ['dead-letters', 'dead-letters', 'processor'],
    ['dead-letter-queue', 'dead-letters/aviary-processor-dlq-local', 'queue is empty'],
    ['flags', 'flags', 'on'],
    ['canary', 'canary', 'No rehearsal yet'],
  ])(
    'has nothing that axe-core finds, and no overflow, in %s: both themes, 360 and 1,920 pixels wide',
    async (name, view, text) => {
      const { page } = browser;
      await open(view);
      await page.getByRole('main').getByText(text).first().waitFor();

      const found: string[] = [];
      for (const width of [360, 1920]) {
        await page.setViewportSize({ width, height: width === 360 ? 780 : 1080 });
        await browser.inBothThemes(`${name}-${width}`, async (theme) => {
          // By day each width in one theme.
          if (!inFull && (theme === 'dark') !== (width === 360)) return;
          found.push(...(await browser.findings()).map((finding) => `${theme}, ${width}: ${finding}`));
        });
        if ((await browser.overflow()) > 0) found.push(`${width}: wider than the window`);
      }

      expect(found).toEqual([]);
    },
  );

  it('says that its server is gone, goes on with it, and asks for the address of another start', async () => {
    const { page } = browser;
    const port = Number(new URL(server.url).port);
    await open('functions');
    await page.getByRole('link', { name: 'users', exact: true }).waitFor();

    await server.stop();

    await page.getByText('The server of this page does not answer.').first().waitFor();
    server = await start(port);
    await page.getByText('That is not the token of this start.').first().waitFor();
    await page.goto(server.url);
    await page.getByRole('link', { name: 'users', exact: true }).waitFor();
    await expect(page.getByText('not the token').count()).resolves.toBe(0);
  });

  it('shows nothing without a token', async () => {
    const { page } = browser;
    await page.evaluate('sessionStorage.clear()');

    await page.reload();

    await page.getByText('This tab has no token.').waitFor();
    await expect(browser.findings()).resolves.toEqual([]);
  });

  it('has asked no other host in all of this, and done nothing that its policy or the browser refused', () => {
    expect([...browser.hosts]).toEqual([new URL(server.url).host]);
    expect(browser.problems).toEqual([]);
  });
});
