import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { repository } from '../cloud.ts';

/** Debian's; .ci/run installs it where it can. */
export const browserPath = '/usr/bin/chromium';
export const hasBrowser = existsSync(browserPath);

/**
 * Where screenshots go, for who wants to look at them. Those of the guide are made anew by
 * `AVIARY_SCREENSHOTS=docs/images npm test -- tests/local/console-page.test.ts -t 'draws what'`.
 */
const screenshots = process.env['AVIARY_SCREENSHOTS'];

/** What the console's page is looked at with: all that it asks for and all that goes wrong in it is kept. */
export class ConsoleBrowser {
  readonly page: Page;
  /** The hosts that were asked. */
  readonly hosts = new Set<string>();
  /** Errors of the page's script, and what its policy has refused. */
  readonly problems: string[] = [];
  readonly #browser: Browser;

  private constructor(browser: Browser, page: Page) {
    this.#browser = browser;
    this.page = page;
    page.on('request', (it) => {
      const { protocol, host } = new URL(it.url());
      if (protocol !== 'data:') this.hosts.add(host);
    });
    page.on('pageerror', ({ message }) => this.problems.push(message));
    page.on('console', (it) => {
      if (it.text().includes('Content Security Policy')) this.problems.push(it.text());
    });
  }

  static async start(): Promise<ConsoleBrowser> {
    const browser = await chromium.launch({ executablePath: browserPath, args: ['--no-sandbox'] });
    const context: BrowserContext = await browser.newContext({
      viewport: { width: 1600, height: 720 },
      reducedMotion: 'reduce',
    });
    // A test waits for what is there after some seconds on a machine that has more to do.
    context.setDefaultTimeout(15_000);
    return new ConsoleBrowser(browser, await context.newPage());
  }

  async end(): Promise<void> {
    await this.#browser.close();
  }

  /** Presses Tab until an element has the focus. */
  async tabTo(selector: string, most = 40): Promise<void> {
    for (let pressed = 0; pressed < most; pressed += 1) {
      await this.page.keyboard.press('Tab');
      if ((await this.page.locator(`${selector}:focus`).count()) > 0) return;
    }
    throw new Error(`${most} times Tab do not lead to ${selector}.`);
  }

  /** What axe-core finds against WCAG 2.2 AA and its own best practices, a line each. */
  async findings(): Promise<string[]> {
    await this.page.evaluate(axeSource());
    const { violations } = await this.page.evaluate<{ violations: Violation[] }>(
      "axe.run(document, { resultTypes: ['violations'] })",
    );
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ target }) => `${id}: ${help}: ${target.join(' ')}`),
    );
  }

  /** How many pixels the page is wider than its window. */
  async overflow(): Promise<number> {
    return await this.page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
  }

  /** Shows the page in both themes, takes a picture of each where somebody wants some, and does what is to be done in each. */
  async inBothThemes(name: string, look: (theme: string) => Promise<void> = () => Promise.resolve()): Promise<void> {
    for (const colorScheme of ['light', 'dark'] as const) {
      await this.page.emulateMedia({ colorScheme });
      if (screenshots !== undefined) {
        mkdirSync(screenshots, { recursive: true });
        await this.page.screenshot({ path: join(screenshots, `${name}-${colorScheme}.png`) });
      }
      await look(colorScheme);
    }
  }
}

interface Violation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly target: readonly string[] }[];
}

let axe: string | undefined;
const axeSource = (): string => (axe ??= readFileSync(join(repository, 'node_modules/axe-core/axe.min.js'), 'utf8'));
