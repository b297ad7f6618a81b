import type { ServerResponse } from 'node:http';
import { send, startLoopbackServer, type Answer, type LoopbackServer } from '../local/loopback-server.ts';
import { Failure } from '../lib/failure.ts';
import { dashboardNames, type DashboardName } from './dashboard.ts';
import type { Figures } from './figures.ts';
import { refreshScript, renderPage, renderWidgets } from './render-page.ts';

/** Gives what dashboards show of now. */
export type ReadFigures = (name: DashboardName) => Promise<Figures>;

/**
 * Shows the dashboards of the local stage to browsers of this machine: each at its name, drawn anew at each request.
 * @throws Failure where the port is taken
 */
export async function startDashboardServer(port: number, figures: ReadFigures): Promise<LoopbackServer> {
  return await startLoopbackServer(port, dashboardPages(figures));
}

/** Answers for the pages of the dashboards, by their paths below where they are served. */
export function dashboardPages(figures: ReadFigures): Answer {
  return async (request, response, path) => {
    const [, first = '', part] = path.split('/');
    const name = dashboardNames.find((it) => it === first);
    if (request.method !== 'GET') send(response, 405, 'text/plain', 'Method not allowed\n');
    else if (path === '/') response.writeHead(302, { location: 'overview' }).end();
    else if (path === '/refresh.js') send(response, 200, 'text/javascript', refreshScript);
    else if (name !== undefined && part === undefined)
      await draw(response, async () => renderPage(await figures(name)));
    else if (name !== undefined && part === 'figures')
      await draw(response, async () => renderWidgets(await figures(name)));
    else send(response, 404, 'text/plain', 'Not found\n');
  };
}

/** The local cloud may have been stopped, and may come back: whoever looks is told. */
async function draw(response: ServerResponse, page: () => Promise<string>): Promise<void> {
  try {
    send(response, 200, 'text/html', await page());
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    send(response, 503, 'text/plain', `${error.message}\n`);
  }
}
