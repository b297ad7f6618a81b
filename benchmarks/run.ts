// `npm run bench`: measures, and writes docs/benchmarks.md from what was measured.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { format } from 'prettier';
import { commitOf } from '../tools/git/commit.ts';
import { Failure } from '../tools/lib/failure.ts';
import { interruption } from '../tools/lib/interruption.ts';
import { info } from '../tools/lib/log.ts';
import { Bench } from './bench.ts';
import { documentOf } from './document.ts';
import { describeMachine } from './machine.ts';
import { writeMeasurement, type Measurement } from './measurements.ts';
import { coldStartScenario } from './coldstart/scenario.ts';
import { enduranceScenario } from './endurance/scenario.ts';
import { loadScenario } from './load/scenario.ts';
import { rebuildScenario } from './rebuild/scenario.ts';
import { rotationScenario } from './rotation/scenario.ts';
import type { Scenario } from './scenario.ts';
import { deployScenario } from './scenarios/deploy.ts';
import { manyScenario } from './scenarios/many.ts';
import { planScenario } from './scenarios/plan.ts';
import { rollbackScenario } from './scenarios/rollback.ts';
import { saveScenario } from './scenarios/save.ts';
import { sizeScenario } from './scenarios/size.ts';
import { startScenario } from './scenarios/start.ts';
import { startupScenario } from './scenarios/startup.ts';

const minutesDefault = 30;

const scenariosFor = (minutes = minutesDefault): readonly Scenario[] => [
  planScenario,
  deployScenario,
  manyScenario,
  rollbackScenario,
  startScenario,
  coldStartScenario,
  startupScenario,
  saveScenario,
  sizeScenario,
  loadScenario(),
  rebuildScenario,
  rotationScenario,
  enduranceScenario(minutes),
];

const help = `Measures, and writes docs/benchmarks.md.

Usage: npm run bench -- [--quick] [--minutes N] [scenario …]

${scenariosFor()
  .map(({ name, title }) => `  ${name.padEnd(11)}${title}`)
  .join('\n')}

  --quick      a few rounds, to see that it works: prints the document and keeps nothing
  --minutes N  how long endurance works (default ${minutesDefault}); it is measured only where it is named
`;

/** Resolves to the exit code: 0 when everything was measured, 130 when it was interrupted. */
export async function main(argv: readonly string[]): Promise<number> {
  const options = {
    quick: { type: 'boolean', default: false },
    minutes: { type: 'string', default: String(minutesDefault) },
    help: { type: 'boolean', short: 'h' },
  } as const;
  const { values, positionals } = parseArgs({ args: [...argv], options, allowPositionals: true });
  if (values.help === true) {
    process.stdout.write(help);
    return 0;
  }
  if (!/^[1-9]\d{0,3}$/.test(values.minutes))
    throw new Failure(`--minutes ${values.minutes} is no number of minutes.`, 'Take a number from 1 to 9999.');
  return await measureAll(choose(positionals, scenariosFor(Number(values.minutes))), values.quick);
}

/**
 * Measures scenarios, and writes the document; a quick run prints it and keeps nothing. Resolves to the exit code: 0 when
 * everything was measured, 130 when it was interrupted.
 */
export async function measureAll(chosen: readonly Scenario[], isQuick: boolean): Promise<number> {
  const root = process.env['AVIARY_ROOT'] ?? process.cwd();
  const signal = interruption();
  // Before the document that this writes makes the tree differ from it.
  const commit = await commitOf(root);
  const quick: Measurement[] = [];
  for (const scenario of chosen) {
    info(`${scenario.name}: ${scenario.title}`);
    const measurement = await measure(scenario, new Bench({ root, quick: isQuick, signal }), commit);
    if (measurement === undefined) return 130;
    if (isQuick) quick.push(measurement);
    else await keep(root, measurement);
  }
  if (isQuick) process.stdout.write(await formatted(documentOf('', scenariosFor(), quick)));
  return 0;
}

function choose(names: readonly string[], scenarios: readonly Scenario[]): readonly Scenario[] {
  const unknown = names.find((name) => !scenarios.some((scenario) => scenario.name === name));
  if (unknown !== undefined) {
    const known = scenarios.map(({ name }) => name).join(', ');
    throw new Failure(`There is no scenario ${unknown}.`, `There are ${known}.`);
  }
  return scenarios.filter(({ name, isLong = false }) => (names.length === 0 ? !isLong : names.includes(name)));
}

/** Resolves to undefined when it was interrupted. */
async function measure(scenario: Scenario, bench: Bench, commit: string): Promise<Measurement | undefined> {
  const { root, signal } = bench;
  const [machine, at] = [describeMachine(root), new Date().toISOString()];
  try {
    const findings = await scenario.measure(bench);
    signal.throwIfAborted();
    return { scenario: scenario.name, machine, at, commit, ...findings };
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  } finally {
    await bench.end();
  }
}

/** Keeps what was measured, and writes its section of the document anew. */
async function keep(root: string, measurement: Measurement): Promise<void> {
  writeMeasurement(root, measurement);
  const file = join(root, 'docs', 'benchmarks.md');
  writeFileSync(file, await formatted(documentOf(readFileSync(file, 'utf8'), scenariosFor(), [measurement])));
  info('Wrote docs/benchmarks.md.');
}

function formatted(document: string): Promise<string> {
  return format(document, { parser: 'markdown', printWidth: 120, proseWrap: 'always' });
}
