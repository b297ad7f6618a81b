import { run } from '../../tools/lib/process.ts';
import { defaultPort } from '../../tools/local/cloud.ts';
import { broken, cleanEnvironment, type Bench } from '../bench.ts';
import { NpmStart } from '../npm-start.ts';
import { cloneOfThis, edit } from '../repositories.ts';
import type { Moment } from './moments.ts';
import { Terminal } from './terminal.ts';

/** As in a terminal with colours. Without npm's headings, which say twice what was typed. */
const environment = { NO_COLOR: '', FORCE_COLOR: '1', npm_config_loglevel: 'silent' };
const consolePort = 4600;

/**
 * Does what somebody does in the first minute, in a copy of this repository, in two terminals: `npm start`, and all else.
 * @returns what both showed; the copy's folder left out, and the usual ports in place of the free ones that were taken
 * @throws {Failure} when a command fails, or says something else than it is to say
 */
export async function recordFirstMinute(bench: Bench): Promise<readonly Moment[]> {
  const root = await cloneOfThis(bench);
  const moments: Moment[] = [];
  const cloud = new Terminal(moments, 0, bench.signal);
  const shell = new Terminal(moments, 1, bench.signal);
  const args = await consoleArguments(root);
  cloud.prompt();
  shell.prompt();
  await cloud.type('npm start');
  const onLine = (line: string): void => {
    cloud.print(line);
  };
  const npmStart = new NpmStart(bench, root, { args, env: environment, onLine });
  await npmStart.says(/Watching\./);
  const [, api = ''] = await npmStart.says(/(http:\S+)\/users/);
  await work({ bench, root, shell, npmStart }, api);
  await cloud.type('^C');
  await npmStart.interrupt();
  cloud.prompt();

  const { port } = new URL(api);
  const [, consoleAt] = /Console: http:\/\/localhost:(\d+)/.exec(moments.map(({ text }) => text).join('')) ?? [];
  return moments.map((moment) => ({ ...moment, text: asUsual(moment.text, root, port, consoleAt) }));
}

interface Place {
  readonly bench: Bench;
  readonly root: string;
  readonly shell: Terminal;
  readonly npmStart: NpmStart;
}

async function work(place: Place, api: string): Promise<void> {
  await command(
    place,
    `curl -sf ${api}/users -H "authorization: Bearer $(npm run -s aviary -- token)" -H 'content-type: application/json' -d '{"email":"ada@example.com","name":"Ada Lovelace"}'`,
  );
  await save(place, 'functions/users/schema.ts', ['max(200)', 'max(100)'], /: swapped users \w+ in/);
  await command(place, 'npm run status');
  const shared = 'layers/shared/src/pagination/page-token.ts';
  await save(place, shared, ['sha256', 'sha512'], /: swapped users \w+, orders \w+ in/);
  await command(place, 'npm run plan');
  await command(place, 'npm run aviary -- explain users');
  await command(place, 'npm run deploy -- --only users');
  await command(place, 'npm run aviary -- rollback users');
}

async function command({ bench, root, shell }: Place, typed: string): Promise<void> {
  await shell.type(typed);
  // Both streams in one, as in a terminal: so their lines keep their order.
  const { code, stdout } = await run('sh', ['-c', `exec 2>&1\n${typed}`], {
    cwd: root,
    env: cleanEnvironment(environment),
    signal: bench.signal,
    onLine: (line) => {
      shell.print(line);
    },
  });
  if (code !== 0) throw broken(`${typed} failed (exit code ${code}):\n${stdout}`);
  shell.prompt();
}

/** An edit as in an editor, of which a line in the terminal tells; waits for what `npm start` says of it. */
async function save(
  { root, shell, npmStart }: Place,
  path: string,
  [from, to]: readonly [string, string],
  said: RegExp,
): Promise<void> {
  await shell.type(`# in an editor: ${from} → ${to} in ${path}, saved`);
  const before = npmStart.said;
  edit(root, path, from, to);
  shell.prompt();
  await npmStart.says(said, before);
}

/** A free port for the console, where `npm start` has one. */
async function consoleArguments(root: string): Promise<readonly string[]> {
  const { stdout } = await run('npm', ['start', '--', '--help'], { cwd: root, env: cleanEnvironment() });
  return stdout.includes('--console-port') ? ['--console-port', '0'] : [];
}

function asUsual(text: string, root: string, port: string, consoleAt: string | undefined): string {
  const usual = text
    .replaceAll(`${root}/`, '')
    .replaceAll(root, '.')
    .replaceAll(`127.0.0.1:${port}`, `127.0.0.1:${defaultPort}`);
  return consoleAt === undefined ? usual : usual.replaceAll(`localhost:${consoleAt}`, `localhost:${consolePort}`);
}
