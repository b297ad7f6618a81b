import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { repository } from '../../../support/cloud.ts';

interface Job {
  readonly needs?: string | string[];
  readonly if?: string;
  readonly steps?: { readonly run?: string }[];
}
const { jobs } = load(readFileSync(join(repository, '.github/workflows/pull-request.yml'), 'utf8')) as {
  jobs: Record<string, Job>;
};
const required = jobs['required'] ?? {};
const command = required.steps?.flatMap(({ run }) => run ?? [])[0] ?? '';

/** Runs the last step of the required job, as the workflow has it, on these results. */
function decide(
  results: Readonly<Record<string, string>>,
  code: string | undefined,
): { code: number | null; said: string } {
  const needs = [required.needs ?? []].flat().map((job) => {
    const outputs = job === 'gate' && code !== undefined ? { code } : {};
    return [job, { result: results[job] ?? 'success', outputs }];
  });
  const [program = '', ...args] = command.split(' ');
  const { status, stderr } = spawnSync(program, args, {
    cwd: repository,
    encoding: 'utf8',
    env: { ...process.env, NEEDS: JSON.stringify(Object.fromEntries(needs)) },
  });
  return { code: status, said: stderr };
}

const gated = { unit: 'skipped', local: 'skipped', scan: 'skipped', report: 'skipped' };

describe('the required check of a pull request', () => {
  test('is green when every job has succeeded', () => {
    expect(decide({}, 'true')).toEqual({ code: 0, said: '' });
  });

  test('is green when the gate left jobs out, and the others have succeeded', () => {
    expect(decide(gated, 'false')).toEqual({ code: 0, said: '' });
  });

  test.each(['failure', 'cancelled', 'skipped'])('is red when a job that had to run ends with %s', (result) => {
    expect(decide({ unit: result }, 'true')).toEqual({ code: 1, said: `unit: ${result}\n` });
  });

  test('is red when a job that the gate left out was run and has failed', () => {
    expect(decide({ ...gated, unit: 'failure' }, 'false').code).toBe(1);
  });

  test.each(['check', 'dependencies'])('is red when %s, which the gate never leaves out, was skipped', (job) => {
    expect(decide({ [job]: 'skipped' }, 'false')).toEqual({ code: 1, said: `${job}: skipped\n` });
  });

  test('is red when the gate has failed and all that waits for it was skipped', () => {
    expect(decide({ ...gated, gate: 'failure' }, undefined).code).toBe(1);
  });

  test('is red when the gate says nothing', () => {
    expect(decide(gated, undefined).code).toBe(1);
    expect(decide(gated, '').code).toBe(1);
  });

  test('waits for every job that decides, and runs whatever became of them', () => {
    const deciding = Object.keys(jobs).filter((job) => !['required', 'deployed', 'comment'].includes(job));

    expect([required.needs ?? []].flat().sort()).toEqual(deciding.sort());
    expect(required.if).toBe('always()');
  });
});
