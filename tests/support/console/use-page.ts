import type { Locator, Page } from 'playwright-core';
import type { Console } from '../../../tools/console/console-server.ts';
import { stageChanges } from '../../../tools/console/stage-changes.ts';
import { useStage, type Stage } from '../aviary-stage.ts';
import { ConsoleBrowser } from './browser.ts';
import { consoleOf } from './use-console.ts';

/** The console's page in a browser, and the server that it comes from. */
export class ServedPage {
  /** What the watcher of `npm start` would tell the page. */
  readonly changes = stageChanges();
  /** Compressed bytes of the first load, by path. */
  readonly weights = new Map<string, number>();
  readonly browser: ConsoleBrowser;
  readonly #stage: Stage;
  #server: Console | undefined;

  private constructor(stage: Stage, browser: ConsoleBrowser) {
    this.#stage = stage;
    this.browser = browser;
  }

  static async open(stage: Stage): Promise<ServedPage> {
    const served = new ServedPage(stage, await ConsoleBrowser.start());
    await served.serve();
    served.page.on('requestfinished', (request) => {
      void request
        .sizes()
        .then(({ responseBodySize }) => served.weights.set(new URL(request.url()).pathname, responseBodySize));
    });
    await served.page.goto(served.url);
    await served.page.getByRole('row').first().waitFor();
    return served;
  }

  get page(): Page {
    return this.browser.page;
  }

  /** Address of the page, with the token of this start. */
  get url(): string {
    return this.#server?.url ?? '';
  }

  /** @param port 0 for any */
  async serve(port = 0): Promise<void> {
    this.#server = await consoleOf(this.#stage, this.changes, port);
  }

  async stopServer(): Promise<void> {
    await this.#server?.stop();
  }

  async end(): Promise<void> {
    await this.browser.end();
    await this.stopServer();
  }

  /** Shows a view, such as `dead-letters`. */
  async show(view: string): Promise<void> {
    await this.page.goto(new URL(`/#/${view}`, this.url).href);
  }

  heading(name: string): Locator {
    return this.page.getByRole('heading', { level: 1, name, exact: true });
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name });
  }
}

/** Waits for it; what is not seen after some seconds is an error that names it. */
export const expectSeen = (what: Locator): Promise<void> => what.first().waitFor();

/** Gives the test file a stage of its own, and the console's page of it; both from its first test on. */
export function usePage(): { readonly stage: () => Stage; readonly served: () => ServedPage } {
  let served: ServedPage | undefined;
  // Before the stage ends, which hooks do in the order in which they stand here.
  afterAll(() => served?.end());
  const stage = useStage();
  beforeAll(async () => {
    served = await ServedPage.open(stage());
  });
  return {
    stage,
    served: () => {
      if (served === undefined) throw new Error('The page is there in a test or a later hook.');
      return served;
    },
  };
}
