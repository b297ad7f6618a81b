import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { repository } from '../../../support/cloud.ts';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Workflow {
  readonly permissions?: unknown;
  readonly jobs: Readonly<
    Record<string, { 'timeout-minutes'?: number; uses?: string; permissions?: unknown; steps?: Step[] }>
  >;
}

const folder = join(repository, '.github', 'workflows');

describe.each(readdirSync(folder))('the workflow %s', (file) => {
  const text = readFileSync(join(folder, file), 'utf8');
  const workflow = load(text) as Workflow;
  const jobs = Object.values(workflow.jobs);
  const steps = jobs.flatMap((job) => job.steps ?? []);

  test('has no rights but those that a job names, each with a reason', () => {
    expect(workflow.permissions).toEqual({});
    expect(jobs.every(({ permissions }) => permissions !== undefined)).toBe(true);
    const rights = text.split('\n').filter((line) => /^\s+[a-z-]+: (read|write)\b/.test(line));
    expect(rights.filter((line) => !/# \S/.test(line))).toEqual([]);
  });

  test('pins each action by its commit, with the version', () => {
    const used = text.split('\n').filter((line) => /uses: (?!\.\/)/.test(line));
    expect(used.filter((line) => !/@[0-9a-f]{40} # v[\d.]+$/.test(line))).toEqual([]);
  });

  test('ends each job in time', () => {
    expect(jobs.filter((job) => job.uses === undefined && job['timeout-minutes'] === undefined)).toEqual([]);
  });

  test('keeps no credentials after a checkout', () => {
    const checkouts = steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'));
    expect(checkouts.filter((step) => step.with?.['persist-credentials'] !== false)).toEqual([]);
  });

  test('has scripts of a few lines, with no value written into them', () => {
    const scripts = steps.flatMap(({ run }) => run ?? []);
    expect(scripts.filter((script) => script.includes('${{') || script.trim().split('\n').length > 3)).toEqual([]);
    const inline = steps.flatMap((step) => step.with?.['script'] ?? []).map(String);
    expect(inline.filter((script) => script.includes('${{'))).toEqual([]);
  });
});
