import { closest, distance } from 'fastest-levenshtein';
import { commandGroups, commands, launcherCommands } from './command-table.ts';
import { Failure } from './lib/failure.ts';
import { fail } from './lib/log.ts';

/** How many letters an option may be off, to be what was meant. */
const farthest = 2;

/** Runs one command. @returns the exit code */
export async function main(argv: readonly string[]): Promise<number> {
  const [name = '--help', ...args] = argv;
  if (name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(help());
    return 0;
  }
  try {
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (!command) {
      const near = closest(name, [...Object.keys(commands), ...Object.keys(launcherCommands)]);
      throw new Failure(`There is no command ${name}.`, `Did you mean ${near}?`);
    }
    const module = await command.load();
    if (args.includes('--help') || args.includes('-h')) {
      process.stdout.write(module.help);
      return 0;
    }
    return await module.run(args, process.env['AVIARY_ROOT'] ?? process.cwd());
  } catch (error) {
    return await report(error, name);
  }
}

async function report(error: unknown, command: string): Promise<number> {
  if (error instanceof Failure) {
    fail(`${error.problem}\n${error.next}`);
    return error.exitCode;
  }
  if (error instanceof Error && error.name === 'AbortError') return 130;
  if (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) {
    // What Node.js adds is of no use here: no argument begins with a dash.
    const problem = error.message.replace(/\. To specify a positional argument .*$/s, '.');
    fail(`${problem}\n${await nearestOption(problem, command)}See: npm run aviary -- ${command} --help`);
    return 2;
  }
  fail(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return 2;
}

/** What was perhaps meant by an unknown option, of those in the help of a command. */
async function nearestOption(problem: string, command: string): Promise<string> {
  const [, unknown = ''] = /^Unknown option '(--[\w-]+)/.exec(problem) ?? [];
  const text = (await commands[command]?.load())?.help ?? '';
  const known = [...text.matchAll(/--[a-z][a-z-]*/g)].map(([option]) => option);
  const near = closest(unknown, known);
  return distance(unknown, near) <= farthest ? `Did you mean ${near}? ` : '';
}

function help(): string {
  const launched = Object.entries(launcherCommands);
  const groups = [
    ...Object.entries(commandGroups).map(
      ([title, group]) =>
        [title, Object.entries(group).map(([name, { summary }]) => [name, summary] as const)] as const,
    ),
    ['The clone', launched] as const,
  ].map(([title, list]) => [`${title}:`, ...list.map(([name, summary]) => `  ${name.padEnd(20)}${summary}`), '']);
  return `aviary: deploys the functions of this repository, and only those that changed

Usage: npm run aviary -- <command> [options]

${groups.flat().join('\n')}
<command> --help tells more.
`;
}
