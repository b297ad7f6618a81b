import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { apiSample } from './api-sample.ts';
import type { Scaffold } from './scaffold.ts';
import { pathParameters, triggers, type Trigger } from './triggers.ts';
import { formatFile } from './format-file.ts';

/** The text of what is made, from the root, with `{{name}}` and the like for what differs from function to function. */
const skeletons = 'tools/scaffold/skeletons';

/** What goes into the template: blocks for the end of `Resources` and of `Outputs`. */
export interface TemplateBlocks {
  readonly resources: string;
  readonly outputs: string;
}

/** What of {@link skeletons}/common each trigger has beside its own. */
const shared: Readonly<Record<Trigger, readonly ('calls-nothing' | 'asynchronous' | 'dead-letters')[]>> = {
  api: ['calls-nothing'],
  sqs: ['dead-letters'],
  sns: ['calls-nothing', 'asynchronous', 'dead-letters'],
  kinesis: ['dead-letters'],
  dynamodb: ['dead-letters'],
  schedule: ['calls-nothing', 'asynchronous', 'dead-letters'],
  event: ['calls-nothing', 'asynchronous', 'dead-letters'],
};

/** Triggers that give records in batches: what can never be handled is parked, by {@link skeletons}/parking. */
const parking: ReadonlySet<Trigger> = new Set(['sqs', 'kinesis', 'dynamodb']);

/** Files of a function, by path from the root, formatted as the repository formats them. */
export async function renderFiles(it: Scaffold, root: string): Promise<Map<string, string>> {
  const fill = filler(it);
  const files = new Map<string, string>();
  // What a later folder has takes the place of the same in an earlier one.
  for (const source of ['common', ...(parking.has(it.trigger) ? ['parking'] : []), it.trigger]) {
    for (const [kind, folder] of [
      ['code', `functions/${it.name}`],
      ['tests', `tests/unit/functions/${it.name}`],
    ] as const) {
      const from = join(root, skeletons, source, kind);
      for (const path of globSync('**/*.txt', { cwd: from })) {
        const to = `${folder}/${path.split(sep).join('/')}`.replaceAll('__name__', it.name).replace(/\.txt$/, '');
        files.set(to, fill(readFileSync(join(from, path), 'utf8')));
      }
    }
  }
  if (it.trigger === 'api') {
    files.set(`functions/${it.name}/events/get-${it.name}.json`, JSON.stringify(apiSample(it.path), null, 2));
  }
  for (const [path, text] of files) files.set(path, await formatFile(root, path, text));
  return files;
}

/** The function's blocks of the template, as text. */
export function renderBlocks(it: Scaffold, root: string): TemplateBlocks {
  const fill = filler(it);
  const skeleton = (folder: string, name: string): string =>
    readSkeleton(join(root, skeletons, folder, `${name}.yaml.txt`));
  const common = shared[it.trigger];
  const resources = [
    skeleton('common', 'function'),
    parking.has(it.trigger) ? skeleton('parking', 'properties') : '',
    common.includes('calls-nothing') ? skeleton('common', 'calls-nothing') : '',
    common.includes('asynchronous') ? skeleton('common', 'asynchronous') : '',
    skeleton(it.trigger, 'properties'),
    skeleton(it.trigger, 'resources'),
    common.includes('dead-letters') ? skeleton('common', 'dead-letters') : '',
    skeleton('common', 'resources'),
  ];
  return { resources: fill(resources.join('')), outputs: fill(skeleton(it.trigger, 'outputs')) };
}

function readSkeleton(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

function filler({ name, pascal, camel, trigger, path }: Scaffold): (text: string) => string {
  const says = triggers[trigger];
  const parameters = pathParameters(path);
  const inputs = parameters.map((it) => `${it}: z.string().min(1).max(128)`);
  const values: Readonly<Record<string, string>> = {
    name,
    Name: pascal,
    camel,
    path,
    description: says,
    says: `${says.slice(0, 1).toLowerCase()}${says.slice(1)}`,
    // As wide as the others: 120 columns.
    heading: `# --- ${name}: ${says.slice(0, 1).toLowerCase()}${says.slice(1)} `.padEnd(118, '-'),
    inputs: inputs.length > 0 ? inputs.join(', ') : 'name: z.string().trim().min(1).max(100).optional()',
    place: parameters.length > 0 ? 'params' : 'query',
    sampleParameters: JSON.stringify(Object.fromEntries(parameters.map((it) => [it, 'sample-1']))),
  };
  return (text) => text.replaceAll(/\{\{(\w+)\}\}/g, (_whole, key: string) => values[key] ?? '');
}
