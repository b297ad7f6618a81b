// `npm run check`: what needs no test run to be known. All checks run, and all that is wrong is shown at once.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkDependencyEntries } from './build/check-dependency-entries.ts';
import { checkColdStart } from './checks/check-cold-start.ts';
import { checkGenerated } from './checks/check-generated.ts';
import { checkLicences } from './checks/check-licences.ts';
import { checkOpenApi } from './checks/check-openapi.ts';
import { lintWorkflows } from './checks/lint-workflows.ts';
import { info, step } from './lib/log.ts';
import { run } from './lib/process.ts';
import { programsFolder } from './lib/python-tools.ts';
import { samRunner } from './lib/sam.ts';

/** What is wrong, for people; empty where all is well. */
type Check = (root: string) => Promise<string>;

const checks: Readonly<Record<string, Check>> = {
  Types: program('typescript/bin/tsc', '-p', '.'),
  'Types of the page': program('typescript/bin/tsc', '-p', 'tools/console/page'),
  Lint: program('eslint/bin/eslint.js', '--max-warnings', '0', '.'),
  Format: program('prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'),
  Packages: async (root) => (await checkDependencyEntries(root)).join('\n'),
  'Cold start': checkColdStart,
  Licences: checkLicences,
  Templates: validateTemplates,
  Generated: checkGenerated,
  'OpenAPI document': checkOpenApi,
  Workflows: lintWorkflows,
  Secrets: program('secretlint/bin/secretlint.js', '**/*'),
};

/** Resolves to 0 when all is well, else to 1. */
export async function main(): Promise<number> {
  const root = process.env['AVIARY_ROOT'] ?? process.cwd();
  const results = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => ({ name, problem: await step(name, () => check(root)) })),
  );
  const bad = results.filter(({ problem }) => problem !== '');
  for (const { name, problem } of bad) info(`\n${name}:\n${problem}`);
  if (bad.length > 0) info(`\nNot in order: ${bad.map(({ name }) => name.toLowerCase()).join(', ')}.`);
  return bad.length > 0 ? 1 : 0;
}

/** A program of node_modules that says what is wrong and exits with another code than 0. */
function program(path: string, ...args: readonly string[]): Check {
  return async (root) => {
    const env = { ...process.env, ...(process.stderr.isTTY ? { FORCE_COLOR: '1' } : {}) };
    const { code, stdout, stderr } = await run(process.execPath, [join(root, 'node_modules', path), ...args], {
      cwd: root,
      env,
    });
    return code === 0 ? '' : `${stdout}${stderr}` || `${path} failed`;
  };
}

/** The SAM specification and cfn-lint over the root template, and cfn-lint over the nested ones, which have nothing of SAM. */
async function validateTemplates(root: string): Promise<string> {
  const nested = readdirSync(join(root, 'infra')).filter((file) => file.endsWith('.yaml'));
  const results = [
    await samRunner(root)(['validate', '--lint']),
    // The one that SAM brings along. All of them at once: it reads the schemas of the resources once.
    await run(
      join(programsFolder(root, 'sam'), 'cfn-lint'),
      nested.map((name) => join('infra', name)),
      { cwd: root },
    ),
  ];
  return results
    .filter(({ code }) => code !== 0)
    .map(({ stdout, stderr }) => `${stdout}${stderr}`)
    .join('\n');
}
