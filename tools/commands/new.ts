import { parseArgs } from 'node:util';
import { checkDependencyEntries } from '../build/check-dependency-entries.ts';
import { Failure } from '../lib/failure.ts';
import { describeNew } from '../report/describe-scaffold.ts';
import { applyChanges } from '../scaffold/file-changes.ts';
import { generatedChanges } from '../scaffold/generated-changes.ts';
import { functionNames } from '../scaffold/names.ts';
import { planNew } from '../scaffold/plan-new.ts';
import { readPath, readTrigger, triggers } from '../scaffold/triggers.ts';

export const help = `Makes a function: code, unit test, sample event, its blocks in template.yaml with log group and what triggers it, its
alarm, and the generated files. It passes npm run check and npm test as it is, and the next deploy ships it.

Usage: npm run aviary -- new function <name> --trigger T [--path /things] [--dry-run] [--json]

  <name>       of its folder: small letters, digits and hyphens
  --trigger T  what makes it run:
${Object.entries(triggers)
  .map(([name, says]) => `                 ${name.padEnd(9)} ${says.slice(0, 1).toLowerCase()}${says.slice(1)}`)
  .join('\n')}
  --path P     of the route, for api; /<name> when left out
  --dry-run    say what would be made, and make nothing
  --json       the result as data on stdout

Example: npm run aviary -- new function invoices --trigger api --path /invoices/{id}
`;

export async function run(args: readonly string[], root: string): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      trigger: { type: 'string' },
      path: { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const [what, name, ...more] = positionals;
  if (what !== 'function' || name === undefined || more.length > 0) {
    throw new Failure('What should be made?', 'Say: npm run aviary -- new function <name> --trigger api.');
  }
  const names = functionNames(name);
  const trigger = readTrigger(values.trigger);
  if (values.path !== undefined && trigger !== 'api') {
    throw new Failure(`--path has no meaning for the trigger ${trigger}.`, 'Leave it out, or take --trigger api.');
  }
  const path = readPath(values.path ?? `/${names.name}`);
  const dryRun = values['dry-run'];
  const { summary, changes } = await planNew({ ...names, trigger, path }, root);
  const generated: string[] = [];
  if (!dryRun) {
    await applyChanges(root, changes, async () => {
      const follows = await generatedChanges(root);
      generated.push(...[...follows.keys()].filter((path) => !changes.has(path)));
      return follows;
    });
  }
  const result = { ...summary, dryRun, generated, toDo: dryRun ? [] : await checkDependencyEntries(root) };
  process.stdout.write(values.json ? `${JSON.stringify(result, null, 2)}\n` : describeNew(result));
  return 0;
}
