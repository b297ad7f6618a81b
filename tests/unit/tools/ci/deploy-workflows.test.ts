import { load } from 'js-yaml';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { aviary } from '../../../support/aviary.ts';
import { repository } from '../../../support/cloud.ts';

interface Job {
  readonly needs?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly environment?: string;
  readonly concurrency?: { readonly group: string; readonly 'cancel-in-progress': boolean };
  readonly with?: Readonly<Record<string, unknown>>;
  readonly steps?: readonly {
    readonly name?: string;
    readonly run?: string;
    readonly uses?: string;
    readonly env?: Readonly<Record<string, string>>;
  }[];
}
interface Workflow {
  readonly on: { readonly workflow_dispatch?: { readonly inputs: Readonly<Record<string, { required?: boolean }>> } };
  readonly concurrency?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

const folder = join(repository, '.github', 'workflows');
const read = (file: string): Workflow => load(readFileSync(join(folder, file), 'utf8')) as Workflow;

describe('the deploy workflow', () => {
  const { on, concurrency, jobs } = read('deploy.yml');

  it('takes both stages one way', () => {
    expect(jobs['staging']?.uses).toBe('./.github/workflows/deploy-stage.yml');
    expect(jobs['production']).toMatchObject({ uses: jobs['staging']?.uses, with: { from: 'staging' } });
  });

  it('has one deploy of a stage at a time, never cancelled, and holds nothing while it waits for an approval', () => {
    expect(jobs['staging']?.concurrency).toEqual({ group: 'deploy-staging', 'cancel-in-progress': false });
    expect(jobs['production']?.concurrency).toEqual({ group: 'deploy-production', 'cancel-in-progress': false });
    expect([concurrency, jobs['plan']?.concurrency, jobs['approve']?.concurrency]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('gets to production through the plan and the approval alone', () => {
    expect(jobs['production']?.needs).toBe('approve');
    expect(jobs['approve']).toMatchObject({ needs: 'plan', environment: 'production-approval' });
    expect(jobs['plan']?.needs).toBe('staging');
    expect(Object.values(jobs).map(({ if: condition = '' }) => condition.includes('always()'))).not.toContain(true);
  });

  it('can be started by the webhook, which gives no input', () => {
    const inputs = Object.values(on.workflow_dispatch?.inputs ?? {});

    expect(inputs.length).toBeGreaterThan(0);
    expect(inputs.filter(({ required }) => required === true)).toEqual([]);
  });
});

describe('a deploy in spite of an alarm', () => {
  it('is asked for by hand, and composed without that alarm where it is one of the stage', () => {
    const { on, jobs } = read('deploy.yml');
    const steps = read('deploy-stage.yml').jobs['deploy']?.steps ?? [];
    const composing = steps.filter(({ run = '' }) => run.includes('compose --stage'));

    expect(Object.keys(on.workflow_dispatch?.inputs ?? {})).toContain('despite_alarm');
    for (const stage of ['staging', 'production']) expect(jobs[stage]?.with).toHaveProperty('despite_alarm');
    expect(composing).toHaveLength(2);
    for (const { run, env } of composing) {
      expect(run).toContain('${DESPITE:+--despite-alarm "$DESPITE" --reason "$REASON"}');
      expect(env?.['DESPITE']).toContain("endsWith(inputs.despite_alarm, format('-{0}', inputs.stage))");
    }
  });
});

describe('the workflow of one stage', () => {
  const steps = read('deploy-stage.yml').jobs['deploy']?.steps ?? [];
  const place = (text: string): number => {
    const at = steps.findIndex(({ run = '', uses = '' }) => `${run} ${uses}`.includes(text));
    if (at < 0) throw new Error(`No step has ${text}`);
    return at;
  };

  it('plans, composes, builds, packs, attests, checks the plan again, deploys, tests and collects, in this order', () => {
    const order = [
      'plan --stage "$STAGE" ${ONLY',
      'compose --stage',
      'sam build',
      'package --stage',
      'attest-build-provenance',
      '--check plan.json',
      'sam deploy',
      'smoke --stage',
      'collect --stage',
      'notify --stage',
    ];

    expect(order.map(place)).toEqual(order.map(place).sort((one, other) => one - other));
  });

  it('lets production have attested packages alone', () => {
    expect(steps[place('--artifacts artifacts --attested-by "$GITHUB_REPOSITORY"')]).toMatchObject({
      if: "inputs.from != ''",
    });
    expect(steps[place('compose --stage "$STAGE" --plan plan.json')]).toMatchObject({ if: "inputs.from == ''" });
  });
});

describe.each(readdirSync(folder))('the commands in %s', (file) => {
  const { jobs } = read(file);
  const scripts = Object.values(jobs).flatMap(({ steps = [] }) => steps.flatMap(({ run = '' }) => run.split('\n')));
  const calls = scripts.flatMap((line) => [...line.matchAll(/aviary -- (\S+)((?: [^|;>]+)?)/g)]);

  it('are there, with the options that they are called with', async () => {
    for (const [, name = '', rest = ''] of calls) {
      const { code, stdout: help } = await aviary(repository, [name, '--help']);
      expect([name, code]).toEqual([name, 0]);
      const options = name === 'sam' ? [] : [...rest.matchAll(/--[a-z-]+/g)].map(([option]) => option);
      expect([name, options.filter((option) => !help.includes(option))]).toEqual([name, []]);
    }
  });
});
