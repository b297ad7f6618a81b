import { parseArgs } from 'node:util';
import { consolePort, startConsole, type Console } from '../console/console-server.ts';
import { stageChanges } from '../console/stage-changes.ts';
import { defaultInspectPort } from '../inspect/inspected.ts';
import { prepareInspection } from '../inspect/prepare-inspection.ts';
import { Failure } from '../lib/failure.ts';
import { interruption } from '../lib/interruption.ts';
import { info, step, warn } from '../lib/log.ts';
import { openInBrowser } from '../lib/open-in-browser.ts';
import { startSamServer } from '../lib/sam-server.ts';
import { defaultPort, startCloud } from '../local/cloud.ts';
import { openToDocker } from '../local/docker-bridge.ts';
import { runSamples } from '../local/run-samples.ts';
import { startTypeCheck } from '../local/type-check.ts';
import { watchAndReload } from '../local/watch.ts';
import { describeStart } from '../report/describe-start.ts';
import { apiUrl } from '../stack/check-health.ts';
import type { Connection } from '../stack/connection.ts';
import { deployStage, type DeployResult } from '../stack/deploy-stage.ts';
import { localFunctions, type LocalFunction } from '../local/list-functions.ts';
import { localStage, readStage } from '../template/read-stages.ts';
import { nameList, readPort } from './options.ts';

export const help = `Runs everything on this machine: starts the local cloud, deploys to it as to any stage, and on save runs what the saved
file reaches: by a swap where only code has changed, by a deploy otherwise. It checks types beside that. Ctrl-C stops
all of it. The page that it shows is the console: what runs, what it does, and what it keeps.

Usage: npm start -- [--port N] [--console-port N] [--open] [--keep] [--no-watch] [--docker] [--check] [--verbose]
                   [--inspect <function>,… [--inspect-port N]]

  --port N          port of the local cloud (default ${defaultPort}; 0 for any free one)
  --console-port N  port of the console (default ${consolePort}, or any free one where that is taken)
  --open            open the console in the browser
  --keep            keep tables, queues and the stack for the next start
  --no-watch        do nothing on save
  --docker          let Docker containers reach the local cloud, for sam local invoke
  --check           deploy, send the sample events of every function, print the result as JSON, and stop
  --verbose         show all that SAM prints

  --inspect <function>,…  run these under the inspector of Node.js, each on a port that debuggers attach to; all for all
  --inspect-port N        port of the first of them, the others follow (default ${defaultInspectPort}; 0 for any free ones)

Meanwhile, in another terminal: npm run plan, npm run deploy, npm run status.

Example: npm start -- --port 0 --keep
`;

export async function run(args: readonly string[], root: string): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string', default: String(defaultPort) },
      'console-port': { type: 'string', default: String(consolePort) },
      open: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
      'no-watch': { type: 'boolean', default: false },
      docker: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
      verbose: { type: 'boolean', default: false },
      inspect: { type: 'string', multiple: true },
      'inspect-port': { type: 'string', default: String(defaultInspectPort) },
    },
  });
  const port = readPort('--port', values.port);
  const consoleAt = readPort('--console-port', values['console-port']);
  const stage = readStage(root, localStage);
  const signal = interruption();
  const inspectPort = readPort('--inspect-port', values['inspect-port']);
  const names = nameList(values.inspect);
  const inspection =
    names &&
    (await step('Writing source maps for debuggers', () => prepareInspection(root, stage, names, inspectPort)));
  const settings = { root, port, keep: values.keep, signal, environment: inspection?.environment ?? {} };
  const cloud = await step('Starting the local cloud', () => startCloud(settings));
  let closeToDocker = (): void => undefined;
  let endTypeCheck = (): void => undefined;
  let page: Console | undefined;
  const changes = stageChanges();
  const sam = startSamServer(root, cloud.endpoint);
  const connection: Connection = { root, stage, endpoint: cloud.endpoint };
  const whileItRuns = AbortSignal.any([signal, abortedBy(cloud.ended)]);
  const options = {
    signal,
    runSam: sam.run,
    beforeRun: inspection?.keepMaps,
    onLine: (line: string) => {
      if (values.verbose) info(`    ${line}`);
    },
  };
  try {
    if (values.docker) closeToDocker = await openToDocker(cloud.port);
    const result = await deployStage(connection, { ...options, step });
    const functions = await localFunctions(connection, result.outputs);
    if (values.check) return await check(connection, result, functions);
    if (result.health?.ok === false) warn(`${result.health.url} is not well: ${result.health.problem ?? ''}`);
    const api = apiUrl(connection, result.outputs);
    page = await startConsole({ connection, api, changes }, consoleAt);
    process.stdout.write(describeStart(functions, api, page) + (inspection?.text ?? ''));
    if (values.open) await openInBrowser(page.url);
    if (!values['no-watch']) {
      endTypeCheck = startTypeCheck(root);
      const onChange = (what: 'tree' | 'stage'): void => void changes.emit('changed', what);
      await watchAndReload(connection, { ...options, signal: whileItRuns, onChange });
    }
    await aborted(whileItRuns);
    if (!signal.aborted)
      throw new Failure(
        'The local cloud has ended unexpectedly.',
        'Read .aviary/local/ministack.log, and start again.',
      );
    return 0;
  } catch (error) {
    if (signal.aborted) return 130;
    throw error;
  } finally {
    endTypeCheck();
    await page?.stop();
    closeToDocker();
    await sam.stop();
    await cloud.stop();
  }
}

async function check(
  connection: Connection,
  result: DeployResult,
  functions: readonly LocalFunction[],
): Promise<number> {
  const { health, outputs } = result;
  const checks = [{ name: 'health', ok: health?.ok === true }, ...(await runSamples(connection, functions, outputs))];
  const rows = functions.map(({ name, release, urls: [url] }) =>
    url === undefined ? { name, release } : { name, release, url: url.url },
  );
  process.stdout.write(
    `${JSON.stringify({ api: apiUrl(connection, outputs) ?? null, functions: rows, checks }, null, 2)}\n`,
  );
  return checks.every(({ ok }) => ok) ? 0 : 1;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => {
      resolve();
    });
  });
}

function abortedBy(event: Promise<unknown>): AbortSignal {
  const controller = new AbortController();
  void event.then(() => {
    controller.abort();
  });
  return controller.signal;
}
