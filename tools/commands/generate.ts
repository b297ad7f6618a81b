import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { generatedFiles } from '../generate/generated-files.ts';
import { Failure } from '../lib/failure.ts';

export const help = `Writes what is made from the template, the import graph, the schemas and the help of commands: .github/filters.yml, docs/commands.md,
.vscode/launch.json, .vscode/tasks.json, functions/github-webhook/filters.json, functions/traffic-hook/checks.json,
docs/openapi.yaml, infra/alarms.yaml, infra/dashboards.yaml, and in template.yaml the gateway's models, the alarms of new
versions and the log groups of saved queries.

Usage: npm run aviary -- generate [--check]

  --check   write nothing; fail where a file is not what it would be

Example: npm run aviary -- generate --check
`;

export async function run(args: readonly string[], root: string): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { check: { type: 'boolean', default: false } } });
  const stale = (await generatedFiles(root)).filter(({ isCurrent }) => !isCurrent);
  if (values.check && stale.length > 0) {
    throw new Failure(`Out of date: ${stale.map(({ path }) => path).join(', ')}.`, 'Run npm run aviary -- generate.', {
      exitCode: 1,
    });
  }
  for (const { path, text } of stale) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    process.stdout.write(`${path}\n`);
  }
  return 0;
}
