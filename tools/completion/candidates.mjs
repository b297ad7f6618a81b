import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readHelp } from './read-help.mjs';

/**
 * What the last word may become; nothing where it may be anything, such as a file.
 * @param {string} root the repository
 * @param {readonly string[]} words what stands behind `aviary`, the last one perhaps not yet whole
 * @returns {string[]}
 */
export function candidates(root, words) {
  const commands = readHelp(readFileSync(join(root, 'docs', 'commands.md'), 'utf8'));
  const current = words.at(-1) ?? '';
  const [name, ...args] = words.slice(0, -1);
  if (name === undefined) return beginning(current, [...commands.keys(), '--help']);
  const command = commands.get(name);
  if (command === undefined) return [];
  const value = command.options.get(args.at(-1));
  const places = args.filter((word, at) => !word.startsWith('-') && !command.options.get(args[at - 1]));
  if (value) return valuesOf(root, args.at(-1), value, places, current);
  if (current.startsWith('-')) return beginning(current, [...command.options.keys(), '--help']);
  return beginning(
    current,
    command.usages.flatMap((usage) => wordsAt(root, usage, places)),
  );
}

const isFixed = (word) => /^[a-z][a-z-]*$/.test(word);

/** What a usage has in the next place, where its words in the places before are those. */
function wordsAt(root, usage, places) {
  if (!places.every((place, at) => !isFixed(usage[at] ?? '') || usage[at] === place)) return [];
  const last = usage.at(-1) ?? '';
  const repeats = /…/.test(last) ? usage.find((word) => word.startsWith('<')) : undefined;
  const named = usage[places.length];
  const next = (named === '…' ? undefined : named) ?? repeats ?? '';
  if (next.startsWith('<function')) return functions(root);
  if (next.startsWith('<sample')) return samples(root, places);
  return next.split('|').filter(isFixed);
}

function valuesOf(root, option, value, places, current) {
  if (['--stage', '--env', '--with'].includes(option)) return beginning(current, stages(root));
  if (option === '--sample' || value === 'SAMPLE') return beginning(current, samples(root, places));
  if (option === '--level') return beginning(current, ['debug', 'info', 'warn', 'error']);
  if (option !== '--only' && !value.startsWith('<function')) return [];
  // One after the other, with commas.
  const before = current.slice(0, current.lastIndexOf(',') + 1);
  const named = before.split(',');
  return beginning(
    current,
    functions(root)
      .filter((name) => !named.includes(name))
      .map((name) => `${before}${name}`),
  );
}

const beginning = (start, words) => [...new Set(words)].filter((word) => word.startsWith(start));

const functions = (root) => {
  const folder = join(root, 'functions');
  return readdirSync(folder).filter((name) => existsSync(join(folder, name, 'handler.ts')));
};

/** Of the function that is named in one of the places. */
function samples(root, places) {
  const folders = places
    .map((place) => join(root, 'functions', place, 'events'))
    .filter((folder) => existsSync(folder));
  return folders.flatMap((folder) => readdirSync(folder).map((file) => file.replace(/\.json$/, '')));
}

/** The blocks of samconfig.toml that are deployed; `preview` stands for what has names of its own. */
function stages(root) {
  const text = readFileSync(join(root, 'samconfig.toml'), 'utf8');
  return [...text.matchAll(/^\[([\w-]+)\.deploy\.parameters\]/gm)]
    .map(([, name]) => name)
    .filter((name) => name !== 'preview');
}
