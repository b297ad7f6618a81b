import { commandGroups, launcherCommands, type Command } from '../command-table.ts';

export const commandsFile = 'docs/commands.md';

/** The document of all commands, as `--help` has them. */
export async function renderCommands(): Promise<string> {
  const groups = await Promise.all(Object.entries(commandGroups).map(([title, group]) => renderGroup(title, group)));
  return [
    '# Commands',
    '',
    '<!-- Written by `npm run aviary -- generate` from the help of each command: do not edit. -->',
    '',
    'Exit codes: 0 done, 1 a negative answer, 2 wrong use or a fault.',
    '',
    ...groups.flat(),
    '## The clone',
    '',
    ...Object.entries(launcherCommands).map(([name, summary]) => `- \`${name}\`: ${summary}`),
    '',
  ].join('\n');
}

async function renderGroup(title: string, group: Readonly<Record<string, Command>>): Promise<string[]> {
  const parts = await Promise.all(
    Object.entries(group).map(async ([name, { load }]) => [
      `### ${name}`,
      '',
      '```text',
      (await load()).help.trimEnd(),
      '```',
      '',
    ]),
  );
  return [`## ${title}`, '', ...parts.flat()];
}
