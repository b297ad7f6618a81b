import { closest } from 'fastest-levenshtein';
import { parseArgs } from 'node:util';
import { completionScripts } from '../completion/scripts.ts';
import { Failure } from '../lib/failure.ts';

const shells = Object.keys(completionScripts);

export const help = `Prints what a shell needs to complete commands, options, functions, stages and samples with Tab. It also makes a command
\`aviary\` of whatever clone one is in, in place of npm run aviary --.

Usage: npm run -s aviary -- completion ${shells.join('|')}

Once, for every new shell of one's own:
  bash  npm run -s aviary -- completion bash >> ~/.bashrc
  zsh   npm run -s aviary -- completion zsh >> ~/.zshrc
  fish  npm run -s aviary -- completion fish > ~/.config/fish/conf.d/aviary.fish

The script is the same for every clone: it asks the one that one is in.

Example: npm run -s aviary -- completion bash
`;

export function run(args: readonly string[]): Promise<number> {
  const { positionals } = parseArgs({ args: [...args], allowPositionals: true });
  const [shell] = positionals;
  if (shell === undefined) throw new Failure('Which shell?', `There are ${shells.join(', ')}.`);
  const script = Object.hasOwn(completionScripts, shell) ? completionScripts[shell] : undefined;
  if (script === undefined)
    throw new Failure(
      `There is no completion for ${shell}.`,
      `Did you mean ${closest(shell, shells)}? There are ${shells.join(', ')}.`,
    );
  process.stdout.write(script);
  return Promise.resolve(0);
}
