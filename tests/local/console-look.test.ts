// Needs the sample domain, and goes with it: aviary begin.
import { hasBrowser } from '../support/console/browser.ts';
import { expectSeen, usePage } from '../support/console/use-page.ts';
import { inFull } from '../support/depth.ts';

(hasBrowser ? describe : describe.skip)("the look of the console's page, and its keys", () => {
  const { stage, served } = usePage();
  // What the views show.
  beforeAll(async () => {
    const request = await stage().api();
    await request('GET', '/health', { headers: { 'x-correlation-id': 'console-look-1' } });
    await request('POST', '/users', { body: { email: 'ada@example.com', name: 'Ada' } });
  });

  it('is used by keyboard alone, from the top of the page to an answer', async () => {
    const { page } = served();
    await served().show('flags');
    await page.reload();
    await served().heading('Flags').waitFor();

    await served().browser.tabTo('.skip', 1);
    await served().browser.tabTo('nav a[href="#/functions"]');
    await page.keyboard.press('Enter');
    await served().heading('Functions').waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('health');
    await served().browser.tabTo('a[href="#/functions/health"]');
    await page.keyboard.press('Enter');
    await page.getByLabel('Event, as JSON').waitFor();
    await served().browser.tabTo('textarea');
    await page.keyboard.press('Control+Enter');

    await expectSeen(page.getByText('HTTP 200'));
  });

  it('lists its keys, and jumps by them', async () => {
    const { page } = served();
    await served().show('functions');
    await served().heading('Functions').waitFor();

    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('g');
    await page.keyboard.press('s');

    await expectSeen(served().heading('Stores'));
  });

  it('takes the theme of the system, and keeps another one that was chosen', async () => {
    const { page } = served();
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
    ['traces', 'traces', 'console-look-1'],
    ['trace', 'traces/console-look-1', 'Request handled'],
    ['stores', 'stores', 'aviary-main-local'],
    ['store', 'stores/table/aviary-main-local', 'EMAIL#'],
    ['dead-letters', 'dead-letters', 'processor'],
    ['dead-letter-queue', 'dead-letters/aviary-processor-dlq-local', 'queue is empty'],
    ['flags', 'flags', 'on'],
    ['canary', 'canary', 'No rehearsal yet'],
  ])(
    'has nothing that axe-core finds, and no overflow, in %s: both themes, 360 and 1,920 pixels wide',
    async (name, view, text) => {
      const { page } = served();
      await served().show(view);
      await page.getByRole('main').getByText(text).first().waitFor();

      const found: string[] = [];
      for (const width of [360, 1920]) {
        await page.setViewportSize({ width, height: width === 360 ? 780 : 1080 });
        await served().browser.inBothThemes(`${name}-${width}`, async (theme) => {
          // By day each width in one theme.
          if (!inFull && (theme === 'dark') !== (width === 360)) return;
          found.push(...(await served().browser.findings()).map((finding) => `${theme}, ${width}: ${finding}`));
        });
        if ((await served().browser.overflow()) > 0) found.push(`${width}: wider than the window`);
      }

      expect(found).toEqual([]);
    },
  );

  it('shows nothing without a token', async () => {
    const { page } = served();
    await page.evaluate('sessionStorage.clear()');

    await page.reload();

    await page.getByText('This tab has no token.').waitFor();
    await expect(served().browser.findings()).resolves.toEqual([]);
  });

  it('has asked no other host in all of this, and done nothing that its policy or the browser refused', () => {
    expect([...served().browser.hosts]).toEqual([new URL(served().url).host]);
    expect(served().browser.problems).toEqual([]);
  });
});
