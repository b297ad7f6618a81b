import { join } from 'node:path';
import { judge, type DriftedFunction } from '../drift/read-drift.ts';
import { Failure } from '../lib/failure.ts';
import { run } from '../lib/process.ts';
import { shortRelease } from '../plan/recorded-block.ts';
import { apiUrl, checkHealth, type HealthCheck } from '../stack/check-health.ts';
import type { Connection } from '../stack/connection.ts';
import { readLiveVersions } from '../stack/read-functions.ts';
import { listResources, readStack } from '../stack/read-stack.ts';
import { secondsFromNow, stageTokens } from '../token/stage-tokens.ts';
import { scopes } from '../token/scopes.ts';

export interface SmokeOptions {
  /** Also run tests/smoke, which write users and delete them again. */
  readonly write: boolean;
  readonly onLine: (line: string) => void;
  readonly signal?: AbortSignal;
}

export interface SmokeResult {
  readonly stage: string;
  readonly health: HealthCheck | undefined;
  /** Whether the release that answered is the one in the record; null where health does not say. */
  readonly answers: boolean | null;
  /** Functions that Lambda runs otherwise than the stack says. */
  readonly functions: readonly DriftedFunction[];
  /** Whether tests/smoke passed; null where they were not asked for. */
  readonly tests: boolean | null;
}

/**
 * Asks a deployed stage whether it is well, and whether what runs is what was deployed.
 * @throws Failure where nothing is deployed
 */
export async function smokeStage(connection: Connection, options: SmokeOptions): Promise<SmokeResult> {
  const { stage } = connection;
  const stack = await readStack(connection);
  const record = stack?.record;
  if (!record) throw new Failure(`Nothing runs in ${stage.name}.`, `Deploy: npm run deploy -- --stage ${stage.name}.`);
  const live = await readLiveVersions(connection, await listResources(connection, record));
  const health = await checkHealth(connection, stack.outputs, options.signal);
  const recorded = [...record.functions.values()];
  const answering = recorded.find(({ name }) => name === 'health')?.release.slice(0, shortRelease);
  return {
    stage: stage.name,
    health,
    answers: health?.release === undefined || answering === undefined ? null : health.release === answering,
    functions: recorded.flatMap((it) => judge(it, live.get(it.logicalId))),
    tests: options.write ? await runTests(connection, stack.outputs, options) : null,
  };
}

/** True where everything that was asked is as it should be. */
export function isWell({ health, answers, functions, tests }: SmokeResult): boolean {
  return health?.ok !== false && answers !== false && functions.length === 0 && tests !== false;
}

/** So long the tests may take, in seconds. */
const patience = 900;

async function runTests(
  connection: Connection,
  outputs: Readonly<Record<string, string>>,
  options: SmokeOptions,
): Promise<boolean> {
  const { root } = connection;
  const url = apiUrl(connection, outputs);
  if (url === undefined) throw new Failure('The stack has no API to test.', 'Leave out --write.');
  const makeToken = await stageTokens(connection, outputs);
  const token = await makeToken({ subject: 'smoke-tests', scopes, expiresAt: secondsFromNow(patience) });
  const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
  const { onLine, signal } = options;
  const { code } = await run(process.execPath, [jest, '--selectProjects', 'smoke'], {
    cwd: root,
    env: { ...process.env, API_URL: url, API_TOKEN: token },
    onLine,
    ...(signal === undefined ? {} : { signal }),
  });
  return code === 0;
}
