import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Failure } from '../lib/failure.ts';
import { interruption } from '../lib/interruption.ts';
import { info } from '../lib/log.ts';
import { parseJson, type Json } from '../lib/json.ts';
import type { Override } from '../plan/despite-alarm.ts';
import type { Plan } from '../plan/plan.ts';
import type { DeployRequest } from '../stack/compare-stage.ts';
import type { RunSamOptions } from '../stack/run-sam.ts';
import { connect, type Connection } from '../stack/connection.ts';
import { readRegion } from '../regions/read-regions.ts';
import { stageInRegion } from '../template/stage-in-region.ts';
import { localStage, readStage } from '../template/read-stages.ts';

/** The options that every command on a stage has. */
export const stageOptions = {
  stage: { type: 'string', default: localStage },
  // The name that other tools have for it.
  env: { type: 'string' },
  // Another region than that of samconfig.toml.
  region: { type: 'string' },
} as const;

/** The options of a command that plans a deploy. */
export const planOptions = {
  ...stageOptions,
  only: { type: 'string', multiple: true },
  uniform: { type: 'boolean', default: false },
  rebuild: { type: 'boolean', default: false },
  artifacts: { type: 'string' },
} as const;

/** The option of a command that changes a stage, which one run does at a time. */
export const waitOptions = { 'no-wait': { type: 'boolean', default: false } } as const;

/** The options of a command that deploys in spite of an alarm. */
export const despiteOptions = { 'despite-alarm': { type: 'string' }, reason: { type: 'string' } } as const;

/** The options of a command that makes a deploy, or its template. */
export const deployOptions = {
  ...planOptions,
  plan: { type: 'string' },
  'attested-by': { type: 'string' },
  ...despiteOptions,
  'from-source': { type: 'boolean', default: false },
} as const;

interface DeployValues {
  readonly only?: string[] | undefined;
  readonly uniform?: boolean | undefined;
  readonly rebuild?: boolean | undefined;
  readonly plan?: string | undefined;
  readonly artifacts?: string | undefined;
  readonly 'attested-by'?: string | undefined;
  readonly 'from-source'?: boolean | undefined;
  readonly 'despite-alarm'?: string | undefined;
  readonly reason?: string | undefined;
}

/**
 * What the options ask for.
 * @throws Failure for options that contradict each other, and for files that cannot be used
 */
export async function readRequest(values: DeployValues): Promise<DeployRequest> {
  const { only, uniform = false, rebuild = false, plan, artifacts, 'attested-by': attestedBy } = values;
  if (plan !== undefined && (only || uniform || rebuild)) {
    throw new Failure('A plan says what is deployed.', 'Leave out --only, --uniform and --rebuild, or --plan.');
  }
  if (rebuild && !only) throw new Failure('--rebuild needs names.', 'Add --only, with those to build again.');
  if (attestedBy !== undefined && artifacts === undefined) {
    throw new Failure('--attested-by speaks of artifacts.', 'Add --artifacts, with the folder that they are in.');
  }
  // Their checks need a library that takes a moment to load.
  const promotion =
    artifacts === undefined
      ? undefined
      : {
          artifacts: (await import('../promote/artifacts.ts')).readArtifacts(artifacts),
          folder: resolve(artifacts),
          attestedBy,
        };
  return {
    only: nameList(only),
    uniform,
    rebuild,
    plan: plan === undefined ? undefined : await readPlan(plan),
    promotion,
    fromSource: values['from-source'] ?? false,
    despite: overrideOf(values),
  };
}

/** The alarm that a deploy goes on in spite of. @throws Failure for an alarm without a reason, and the other way round */
export function overrideOf(values: Pick<DeployValues, 'despite-alarm' | 'reason'>): Override | undefined {
  const [alarm, reason] = [values['despite-alarm']?.trim() ?? '', values.reason?.trim() ?? ''];
  if (alarm === '' && reason === '') return undefined;
  if (alarm !== '' && reason !== '') return { alarm, reason };
  throw new Failure(
    alarm === '' ? '--reason says why an alarm is left out, and none is named.' : `Why in spite of ${alarm}?`,
    'Say both: --despite-alarm aviary-users-errors-production --reason "this mends it".',
  );
}

/** A plan that was written to a file. @throws Failure for one that cannot be used */
export async function readPlan(file: string): Promise<Plan> {
  const { parsePlan } = await import('../plan/plan-file.ts');
  return parsePlan(readJson(file), file);
}

function readJson(file: string): Json {
  try {
    return parseJson(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new Failure(`${file} is no JSON that can be read.`, 'Make a plan with: npm run plan -- --json > plan.json.', {
      cause,
    });
  }
}

/** `--only a,b --only c` as a list. */
export function nameList(values: readonly string[] | undefined): string[] | undefined {
  return values
    ?.flatMap((value) => value.split(','))
    .map((name) => name.trim())
    .filter(Boolean);
}

/**
 * How a command runs SAM: until Ctrl-C, with what SAM says as progress where that is asked for, or goes to an account. There a deploy takes
 * minutes, a canary longer.
 */
export function samOptions(
  { endpoint }: Connection,
  verbose = false,
): Required<Pick<RunSamOptions, 'signal' | 'onLine'>> {
  return {
    signal: interruption(),
    onLine: (line) => {
      if (verbose || endpoint === undefined) info(`    ${line}`);
    },
  };
}

/** Connects to the stage that `--stage` (or `--env`) names, in its region or that of `--region`. @throws Failure for an unknown one */
export async function connectTo(
  root: string,
  { stage, env, region }: { stage: string; env?: string | undefined; region?: string | undefined },
): Promise<Connection> {
  const named = readStage(root, env ?? stage);
  return await connect(root, region === undefined ? named : stageInRegion(named, readRegion(region)));
}

/** A port as an option has it; 0 is any free one. @throws Failure for what is none */
export function readPort(option: string, value: string): number {
  const port = Number(value);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new Failure(`${option} ${value} is no port.`, 'Take a number from 0 to 65535.');
}
