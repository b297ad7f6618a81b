// Needs the sample domain, and goes with it: aviary begin.
import { compareStage } from '../../tools/stack/compare-stage.ts';
import { functionNames } from '../support/aviary-stage.ts';
import { hasBrowser } from '../support/console/browser.ts';
import { expectSeen, usePage } from '../support/console/use-page.ts';
import { putDeadLetter } from '../support/put-dead-letter.ts';
import { eventually } from '../support/runtime/eventually.ts';

(hasBrowser ? describe : describe.skip)("the console's page", () => {
  const { stage, served } = usePage();

  it('weighs at most 150 KB compressed, all that its first load fetches together', async () => {
    const fetched = await eventually(
      () => Promise.resolve([...served().weights.keys()]),
      (paths) => paths.length >= 4,
    );

    expect(fetched.sort()).toEqual(['/', '/console.css', '/console.js', '/console/stage']);
    expect([...served().weights.values()].reduce((sum, bytes) => sum + bytes, 0)).toBeLessThanOrEqual(150 * 1024);
  });

  it('keeps the token out of the address bar, and for a reload', async () => {
    const { page } = served();
    const shown = page.url();

    await page.reload();

    expect(shown).not.toContain('token');
    await page.getByRole('link', { name: 'users', exact: true }).waitFor();
  });

  it('lists every function, with its release and what invokes it', async () => {
    await served().show('functions');
    const row = served()
      .browser.page.getByRole('row')
      .filter({ has: served().page.getByRole('rowheader', { name: 'users', exact: true }) });
    await row.waitFor();

    const names = await served().page.getByRole('rowheader').allTextContents();
    const text = await row.textContent();

    expect(names.sort()).toEqual(functionNames);
    expect(text).toMatch(/same1[0-9a-f]{12}.*POST \/users/);
  });

  it('invokes a function with a sample of its folder, and leads from its answer and log lines to its trace', async () => {
    const { page } = served();
    await served().show('functions');
    await page.getByRole('link', { name: 'users', exact: true }).click();
    await page.getByLabel('Event', { exact: true }).selectOption('create-user');

    await served().button('Invoke').click();

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
    await expect(served().heading('Trace').count()).resolves.toBe(1);
  });

  it('says what is wrong with the JSON of an own event, and sends none of it', async () => {
    const { page } = served();
    const sent: string[] = [];
    page.on('request', (it) => {
      if (it.url().endsWith('/console/invocations')) sent.push(it.url());
    });
    await served().show('functions/processor');
    const editor = page.getByLabel('Event, as JSON');
    await editor.fill('{ "action": "create", data }');

    await page.getByText(/^Not JSON: /).waitFor();
    await editor.press('Control+Enter');

    await expect(served().button('Invoke').isDisabled()).resolves.toBe(true);
    expect(sent).toEqual([]);
    await editor.fill('{ "action": "explode" }');
    await served().button('Invoke').click();
    await page.getByText(/^failed: /).waitFor();
    expect(sent).toHaveLength(1);
  });

  it('draws what a saved file reaches, by itself: exactly the functions that a deploy would move', async () => {
    const { page } = served();
    const { clone } = stage();
    await served().show('graph');
    await page.getByRole('group', { name: /^Which files reach/ }).waitFor();

    clone.edit('layers/shared/src/http/respond.ts', /^/, '// A comment changes nothing.\n');
    clone.edit('layers/shared/src/pagination/page-token.ts', 'of this list', 'of that list');
    served().changes.emit('changed', 'tree');

    await served()
      .button(/^shared\/pagination\/page-token\.ts, .*, changed, reaches \d+ function/)
      .waitFor();
    const drawn = await page.locator('.node.function text').allTextContents();
    const { plan } = await compareStage(stage().connection);
    const moving = plan.items.filter(({ kind, change }) => kind === 'function' && change === 'changed');
    expect(drawn.sort()).toEqual(moving.map(({ name }) => name).sort());
    expect(drawn).toContain('users');
    await served()
      .button(/^shared\/pagination\/page-token/)
      .click();
    await expectSeen(page.getByRole('region', { name: 'Chosen node' }).getByRole('link', { name: 'users' }));
    await served().browser.inBothThemes('console');
    clone.reset();
    served().changes.emit('changed', 'tree');
    await served()
      .button(/^shared\/pagination\/page-token\.ts, .*changed/)
      .waitFor({ state: 'detached' });
  });

  it('shows a log line as it comes, finds it by its correlation id, and stays as it is while it is paused', async () => {
    const { page } = served();
    const request = await stage().api();
    const ask = (id: string) => request('GET', '/health', { headers: { 'x-correlation-id': id } });
    await served().show('logs');
    await page.getByRole('list', { name: 'Log lines' }).waitFor();

    await ask('console-live-1');

    await page.getByRole('link', { name: 'console-live-1' }).first().waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('console-live-1');
    await expect(page.locator('.line').filter({ hasNotText: 'console-live-1' }).count()).resolves.toBe(0);
    await served().button('Pause').click();
    await page.getByLabel('Text or correlation id').fill('console-live-2');
    await ask('console-live-2');
    await expect(page.getByText('No line is so.').count()).resolves.toBe(1);
    await served().button('Go on').click();
    await page.getByRole('link', { name: 'console-live-2' }).first().click();
    await page.getByRole('rowheader', { name: 'health' }).waitFor();
  });

  it('lists the latest requests, and a new one as it comes', async () => {
    const { page } = served();
    await served().show('traces');
    await page.getByRole('link', { name: 'console-live-1' }).waitFor();

    await (
      await stage().api()
    )('GET', '/health', { headers: { 'x-correlation-id': 'console-live-3' } });

    await expectSeen(page.getByRole('link', { name: 'console-live-3' }));
  });

  it('shows what a table has', async () => {
    const { page } = served();
    await served().show('stores');
    await page.getByRole('link', { name: 'aviary-main-local' }).click();

    await page.getByText('EMAIL#ada@example.com', { exact: true }).click();

    await expectSeen(page.getByRole('group', { name: 'Item 1' }).getByText('"userId"'));
  });

  it('shows a dead letter with its cause, replays it after a dry run, and deletes one only after it has asked', async () => {
    const { page } = served();
    const event = { action: 'create', data: { id: 'console-1', name: 'Ada' }, correlationId: 'console-1' };
    await putDeadLetter(stage().client, event);
    await served().show('dead-letters/aviary-processor-dlq-local');
    await page.getByText('data.name: too small').waitFor();

    await expect(served().button('Replay').isDisabled()).resolves.toBe(true);
    await served().button('Dry run').click();
    await page.getByText('would be replayed').waitFor();
    await served().button('Replay').click();

    await page.getByText('replayed', { exact: true }).waitFor();
    await page.getByText('This queue is empty.').waitFor();
    await putDeadLetter(stage().client, event);
    await served().button('Refresh').click();
    await served().button('Purge …').click();
    await served().button('Cancel').click();
    await expect(page.getByText('data.name: too small').count()).resolves.toBe(1);
    await served().button('Purge …').click();
    await served().button('Delete them').click();
    await page.getByText('1 deleted.').waitFor();
  });

  it('switches a flag, which is so after a reload', async () => {
    const { page } = served();
    await served().show('flags');
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
    const { page } = served();
    await served().show('canary');
    await page.getByLabel('Function').selectOption('health');
    await page.getByLabel('Requests in all').fill('20');

    await served().button('Rehearse').click();

    await page.getByText('All traffic shifted').waitFor();
    const minutes = await page.getByRole('rowheader').allTextContents();
    expect(minutes).toEqual(['1', '2', '3', '4', '5']);
    await expectSeen(page.getByRole('img', { name: /^The timeline of health/ }));
    await expect(page.evaluate<number>("document.querySelector('.picture').naturalWidth")).resolves.toBeGreaterThan(0);
  });

  it('says that its server is gone, goes on with it, and asks for the address of another start', async () => {
    const { page } = served();
    const port = Number(new URL(served().url).port);
    await served().show('functions');
    await page.getByRole('link', { name: 'users', exact: true }).waitFor();

    await served().stopServer();

    await page.getByText('The server of this page does not answer.').first().waitFor();
    await served().serve(port);
    await page.getByText('That is not the token of this start.').first().waitFor();
    await page.goto(served().url);
    await page.getByRole('link', { name: 'users', exact: true }).waitFor();
    await expect(page.getByText('not the token').count()).resolves.toBe(0);
  });

  it('has asked no other host in all of this, and done nothing that its policy or the browser refused', () => {
    expect([...served().browser.hosts]).toEqual([new URL(served().url).host]);
    expect(served().browser.problems).toEqual([]);
  });
});
