import { dashboardPages } from '../dashboards/dashboard-server.ts';
import { localFigures } from '../dashboards/local-figures.ts';
import type { Connection } from '../stack/connection.ts';
import type { Serve } from './serve.ts';

const below = '/dashboards';

/** Shows the charts of `aviary dashboard` at `/dashboards/<name>`; they tell numbers alone, and need no token. */
export function dashboardServer(connection: Connection): Serve {
  const answer = dashboardPages((name) => localFigures(connection, name, Date.now()));
  return async (request, response, path) => {
    if (!path.startsWith(`${below}/`)) return false;
    await answer(request, response, path.slice(below.length));
    return true;
  };
}
