// Reads docs/commands.md, which is made of the help of all commands and held to it by `npm run check`: no command has to be
// loaded, and none is described a second time.

/**
 * @typedef {object} CommandHelp
 * @property {Map<string, string>} options each option to the name of its value, which is empty where it takes none
 * @property {string[][]} usages the words of each way to use it, without its options: `['show', '<function>']`
 */

/** @param {string} document @returns {Map<string, CommandHelp>} */
export function readHelp(document) {
  const commands = new Map();
  for (const [, name, help] of document.matchAll(/^### (\S+)\n\n```text\n([^]*?)^```$/gm)) {
    commands.set(name, readCommand(name, help));
  }
  for (const [, name] of document.matchAll(/^- `(\S+)`: /gm)) commands.set(name, { options: new Map(), usages: [] });
  return commands;
}

function readCommand(name, help) {
  const [, usage = ''] = /^Usage: ([^]*?)\n\n/m.exec(`${help}\n\n`) ?? [];
  const described = help.split('\n').filter((line) => /^ {2,}--/.test(line));
  const options = new Map();
  for (const text of [usage, ...described]) {
    for (const [, option, value = ''] of text.matchAll(/(--[a-z][a-z-]*)(?: (?![-|\s])([^\s\]]+))?/g)) {
      if (!options.get(option)) options.set(option, value);
    }
  }
  const lines = usage.split(/\n(?=\s*npm )/).map((line) => line.replaceAll(/\s+/g, ' ').trim());
  return { options, usages: lines.map((line) => wordsOf(name, line)) };
}

/** What is not an option, nor in brackets with one. */
function wordsOf(name, line) {
  const after = line.replace(new RegExp(`^npm .*?\\b${name}\\b`), '').replace(/^ --(?= |$)/, '');
  return after
    .replaceAll(/\[?\([^)]*--[^)]*\)\]?|\[[^[\]]*--[^[\]]*(?:\[[^\]]*\])?[^[\]]*\]|--[a-z-]+(?: (?!\[)\S+)?/g, '')
    .replaceAll(/[[\]](?=\s|$)|(?<=\s)\[/g, '')
    .split(' ')
    .filter(Boolean);
}
