// `npm run check`: what needs no test run to be known. All checks run, at the same time, so that one visit shows all.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { step } from './setup/progress.mjs';

/** Name, and the program as a path in node_modules with its arguments. */
const checks = [
  ['Types', 'typescript/bin/tsc', '-p', '.'],
  ['Lint', 'eslint/bin/eslint.js', '--max-warnings', '0', '.'],
  ['Format', 'prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'],
];

/** Resolves to 0 when all is well, else to 1. */
export async function main() {
  const root = process.env.AVIARY_ROOT;
  const results = await Promise.all(
    checks.map(([name, ...args]) => step(name, async () => ({ name, ...(await run(root, args)) }))),
  );
  const bad = results.filter(({ code }) => code !== 0);
  for (const { name, output } of bad) process.stderr.write(`\n${name}:\n${output}`);
  if (bad.length > 0)
    process.stderr.write(`\nNot in order: ${bad.map(({ name }) => name.toLowerCase()).join(', ')}.\n`);
  return bad.length > 0 ? 1 : 0;
}

async function run(root, [program, ...args]) {
  return await new Promise((resolve, reject) => {
    const env = { ...process.env, ...(process.stderr.isTTY && { FORCE_COLOR: '1' }) };
    const child = spawn(process.execPath, [join(root, 'node_modules', program), ...args], { cwd: root, env });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}
