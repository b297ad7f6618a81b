import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { findNamed } from '../config/find-named.ts';
import { Failure } from '../lib/failure.ts';
import { findSample, readSamples, samplesFolder } from '../samples/read-samples.ts';

export const help = `Lists, shows and makes sample events of functions: what npm start --check sends, and npm run aviary -- invoke takes.

Usage: npm run aviary -- test-event list [<function>] [--json]
       npm run aviary -- test-event show <function> [<sample>]
       npm run aviary -- test-event new <function> <sample> [--from SAMPLE]

  --from S  the sample that the new one begins as; one that reads alone when left out, or {} where there is none
  --json    the names as data on stdout

The function is to fail on a sample whose name ends with -refused.

Example: npm run aviary -- test-event new users list-second-page --from list-users
`;

export function run(args: readonly string[], root: string): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { from: { type: 'string' }, json: { type: 'boolean', default: false } },
  });
  const [action, wanted, sample] = positionals;
  const functions = functionsIn(root);
  if (action === 'list') {
    const listed = wanted === undefined ? functions : [findNamed('function', wanted, functions)];
    process.stdout.write(list(root, listed, values.json));
  } else if (action === 'show') {
    const { name } = findNamed('function', wanted, functions);
    process.stdout.write(`${JSON.stringify(findSample(root, name, sample).event, null, 2)}\n`);
  } else if (action === 'new') {
    process.stdout.write(make(root, findNamed('function', wanted, functions).name, sample, values.from));
  } else {
    throw new Failure('What is to be done?', 'list, show or new: npm run aviary -- test-event list.');
  }
  return Promise.resolve(0);
}

function functionsIn(root: string): { readonly name: string }[] {
  return readdirSync(join(root, 'functions'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({ name }));
}

function list(root: string, functions: readonly { readonly name: string }[], json: boolean): string {
  const names = functions.map(({ name }) => [name, readSamples(root, name).map((it) => it.name)] as const);
  if (json) return `${JSON.stringify(Object.fromEntries(names), null, 2)}\n`;
  return names.map(([name, samples]) => `${name}: ${samples.join(', ') || 'none'}\n`).join('');
}

/** @throws Failure for a name that is none, or that there is already */
function make(root: string, name: string, sample: string | undefined, from: string | undefined): string {
  if (sample === undefined || !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(sample)) {
    throw new Failure('What is the sample called?', 'Name it in small letters with hyphens, as list-second-page.');
  }
  const path = `${samplesFolder(name)}/${sample}.json`;
  const file = join(root, path);
  if (existsSync(file)) throw new Failure(`There is ${path} already.`, 'Edit it, or choose another name.');
  const event = from === undefined && readSamples(root, name).length === 0 ? {} : findSample(root, name, from).event;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(event, null, 2)}\n`);
  return `Made ${path}. Edit it, then: npm run aviary -- invoke ${name} --sample ${sample}\n`;
}
