import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { closest } from 'fastest-levenshtein';
import { dashboardNames, type DashboardName } from '../dashboards/dashboard.ts';
import { startDashboardServer } from '../dashboards/dashboard-server.ts';
import { localFigures, stageNames } from '../dashboards/local-figures.ts';
import { Failure } from '../lib/failure.ts';
import { interruption } from '../lib/interruption.ts';
import { openInBrowser } from '../lib/open-in-browser.ts';
import { connect, type Connection } from '../stack/connection.ts';
import { localStage, readStage, type Stage } from '../template/read-stages.ts';
import { readPort, stageOptions } from './options.ts';

export const help = `Shows how a stage does: of an account the addresses of its dashboards in the console, of the local stage a page with
the same charts, which goes on until Ctrl-C. On a terminal it opens the browser.

Usage: npm run aviary -- dashboard [overview|business|performance] [--stage S] [--print] [--port N] [--json]

  --print   open no browser
  --port N  of the page of the local stage (default any free one)
  --json    of an account the addresses, of the local stage the figures of the last 20 minutes

Example: npm run aviary -- dashboard performance --stage production
`;

export async function run(args: readonly string[], root: string): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...stageOptions,
      print: { type: 'boolean', default: false },
      port: { type: 'string', default: '0' },
      json: { type: 'boolean', default: false },
    },
  });
  const name = readName(positionals);
  const stage = readStage(root, values.env ?? values.stage);
  const opens = process.stdout.isTTY && !values.print && !values.json;
  if (stage.name !== localStage) {
    const addresses = consoleAddresses(root, stage);
    const lines = Object.entries(addresses).map(([it, url]) => `${it.padEnd(12)} ${url}\n`);
    process.stdout.write(values.json ? `${JSON.stringify(addresses, null, 2)}\n` : lines.join(''));
    if (opens) await openInBrowser(addresses[name] ?? '');
    return 0;
  }
  const connection = await connect(root, stage);
  if (values.json) {
    process.stdout.write(`${JSON.stringify(await localFigures(connection, name, Date.now()), null, 2)}\n`);
    return 0;
  }
  return await serve(connection, name, readPort('--port', values.port), opens);
}

async function serve(connection: Connection, name: DashboardName, port: number, opens: boolean): Promise<number> {
  const signal = interruption();
  const server = await startDashboardServer(port, (it) => localFigures(connection, it, Date.now()));
  const url = `${server.url}/${name}`;
  process.stdout.write(`${url}\n`);
  if (opens) await openInBrowser(url);
  if (!signal.aborted) await once(signal, 'abort');
  await server.stop();
  return 0;
}

function readName([name = 'overview', ...more]: readonly string[]): DashboardName {
  const found = dashboardNames.find((it) => it === name);
  if (found !== undefined && more.length === 0) return found;
  throw new Failure(
    more.length > 0 ? 'One dashboard at a time.' : `There is no dashboard ${name}.`,
    `Did you mean ${closest(name, [...dashboardNames])}? There are ${dashboardNames.join(', ')}.`,
  );
}

/** Dashboard to its address in the console of the stage's region. */
function consoleAddresses(root: string, stage: Stage): Record<string, string> {
  const { App = '', Stage = '' } = stageNames({ root, stage });
  const { region } = stage;
  const home = `https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}`;
  return Object.fromEntries(dashboardNames.map((it) => [it, `${home}#dashboards/dashboard/${App}-${it}-${Stage}`]));
}
