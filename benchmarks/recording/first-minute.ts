import { run } from '../../tools/lib/process.ts';
import { defaultPort } from '../../tools/local/cloud.ts';
import { broken, cleanEnvironment, type Bench } from '../bench.ts';
import { NpmStart } from '../npm-start.ts';
import { cloneOfThis } from '../repositories.ts';
import type { Moment } from './moments.ts';
import { Terminal } from './terminal.ts';

/** As in a terminal with colours. Without npm's headings, which say twice what was typed. */
const environment = { NO_COLOR: '', FORCE_COLOR: '1', npm_config_loglevel: 'silent' };
const consolePort = 4600;

/**
 * Runs what somebody does in the first minute, in a copy of this repository, in two terminals: `npm start`, and all else.
 * @returns what both showed; the copy's folder left out, and the usual ports in place of the free ones that were taken
 * @throws {Failure} when a command fails, or says something else than it is to say
 */
export async function recordFirstMinute(bench: Bench): Promise<readonly Moment[]> {
  const root = await cloneOfThis(bench);
  const moments: Moment[] = [];
  const cloud = new Terminal(moments, 0, bench.signal);
  const shell = new Terminal(moments, 1, bench.signal);
  const command = async (typed: string): Promise<void> => {
    await shell.type(typed);
    const onLine = (line: string): void => {
      shell.print(line);
    };
    // Both streams in one, as in a terminal: so their lines keep their order.
    const { code, stdout } = await run('sh', ['-c', `exec 2>&1\n${typed}`], {
      cwd: root,
      env: cleanEnvironment(environment),
      signal: bench.signal,
      onLine,
    });
    if (code !== 0) throw broken(`${typed} failed (exit code ${code}):\n${stdout}`);
    shell.prompt();
  };

  cloud.prompt();
  shell.prompt();
  await cloud.type('npm start');
  const npmStart = new NpmStart(bench, root, {
    args: await consoleArguments(root),
    env: environment,
    onLine: (line) => {
      cloud.print(line);
    },
  });
  /** Types an edit, and waits for what the other terminal says of it. */
  const edit = async (typed: string, said: RegExp): Promise<void> => {
    const from = npmStart.said;
    await command(typed);
    await npmStart.says(said, from);
  };
  await npmStart.says(/Watching\./);
  const [, api = ''] = await npmStart.says(/(http:\S+)\/users/);

  await command(
    `curl -sf ${api}/users -H "authorization: Bearer $(npm run -s aviary -- token)" -H 'content-type: application/json' -d '{"email":"ada@example.com","name":"Ada Lovelace"}'`,
  );
  await edit("perl -pi -e 's/max\\(200\\)/max(100)/' functions/users/schema.ts  # one rule", /: swapped users /);
  await command('npm run status');
  await edit(
    "perl -pi -e 's/sha256/sha512/' layers/shared/src/pagination/page-token.ts  # a shared module",
    /: swapped users \w+, orders /,
  );
  await command('npm run plan');
  await command('npm run aviary -- explain users');
  await command('npm run deploy -- --only users');
  await command('npm run aviary -- rollback users');
  await cloud.type('^C');
  await npmStart.interrupt();
  cloud.prompt();

  const { port } = new URL(api);
  const [, consoleAt] = /Console: http:\/\/localhost:(\d+)/.exec(moments.map(({ text }) => text).join('')) ?? [];
  return moments.map((moment) => ({ ...moment, text: asUsual(moment.text, root, port, consoleAt) }));
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
