import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { commandGroups, commands } from '../../../../tools/command-table.ts';
import { repository } from '../../../support/engine/a-folder.ts';

// The commands' own help, to which `npm run check` holds the document: some of them load what Jest cannot.
const text = readFileSync(join(repository, 'docs', 'commands.md'), 'utf8');
const helps = [...text.matchAll(/^### (.+)\n\n```text\n([^]*?)```$/gm)].map(
  ([, name = '', help = '']) => [name, help] as const,
);

describe('the help of commands', () => {
  it('has each command in one group', () => {
    const names = Object.values(commandGroups).flatMap((group) => Object.keys(group));

    expect(names).toEqual([...new Set(names)]);
    expect(names).toEqual(Object.keys(commands));
    expect(helps.map(([name]) => name)).toEqual(names);
  });

  it.each(helps)('of %s says how it is used, with an example of options that it has', (name, help) => {
    const [, example = ''] = /\nExamples?:\s+(.+)/.exec(help) ?? [];
    const [command, ...args] = example.replace(/^npm (?:run )?(?:-s )?(?:aviary -- )?/, '').split(/ (?:-- )?/);

    expect(help).toContain('\nUsage: npm ');
    expect(command).toBe(name);
    // Its options are SAM's.
    if (name === 'sam') return;
    const { tokens } = parseArgs({ args, strict: false, tokens: true });
    const options = tokens.flatMap((token) => (token.kind === 'option' ? [token.rawName] : []));
    expect(options.filter((option) => !help.slice(0, help.indexOf('\nExample')).includes(option))).toEqual([]);
  });
});
