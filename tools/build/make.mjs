// The part of make that the layers' Makefiles need, for machines without make: `make --makefile FILE TARGET` runs the
// target's lines, one shell each, with $(NAME) and $$ put in. No prerequisites, no patterns, no assignments: what it does
// not know it refuses, so that a build never succeeds by leaving something out.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  options: { makefile: { type: 'string', short: 'f', default: 'Makefile' } },
  allowPositionals: true,
});
const rules = new Map();
let recipe;
for (const line of readFileSync(values.makefile, 'utf8').split(/\r?\n/)) {
  const target = /^([\w./-]+):\s*(#.*)?$/.exec(line)?.[1];
  if (target) rules.set(target, (recipe = []));
  else if (line.startsWith('\t') && recipe) recipe.push(line.slice(1));
  else if (!/^\s*(#.*)?$|^\.PHONY:/.test(line)) refuse(`it cannot read "${line}"`);
}

for (const target of positionals) {
  for (const line of rules.get(target) ?? refuse(`there is no target ${target}`)) run(line);
}

function run(line) {
  const [, flags, command] = /^([@-]*)(.*)$/.exec(line);
  const text = command.replace(/\$(\$|\((\w+)\))/g, (_, sign, name) => (name ? (process.env[name] ?? '') : sign));
  if (/\$\(|\\$/.test(command.replace(/\$\(\w+\)/g, ''))) refuse(`it cannot run "${line}"`);
  if (!flags.includes('@')) console.log(text);
  const { status, error } = spawnSync(text, { shell: true, stdio: 'inherit' });
  if (error) refuse(error.message);
  if (status !== 0 && !flags.includes('-')) fail(`"${text}" failed (${status})`);
}

function refuse(reason) {
  fail(`${reason} (this is Aviary's stand-in for make: install make)`);
}

function fail(reason) {
  console.error(`${values.makefile}: ${reason}.`);
  process.exit(2);
}
