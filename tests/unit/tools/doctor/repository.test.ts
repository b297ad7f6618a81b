import { judgeAccount, type BootstrapState } from '../../../../tools/doctor/account.ts';
import type { Finding } from '../../../../tools/doctor/finding.ts';
import { deployRepository, judgeRepository } from '../../../../tools/doctor/judge-repository.ts';
import { judgeMachine } from '../../../../tools/doctor/machine.ts';
import { readRepositoryFiles, readWorkflow, type RepositoryFiles } from '../../../../tools/doctor/read-repository.ts';
import { describeDoctor } from '../../../../tools/report/describe-doctor.ts';
import type { NamedStage } from '../../../../tools/bootstrap/plan-bootstrap.ts';
import { repository as root } from '../../../support/cloud.ts';

const commit = '3d3c42e5aac5ba805825da76410c181273ba90b1';
const stage = (name: string, parameters: Readonly<Record<string, string>>): NamedStage => ({
  app: 'aviary',
  stage: { name, block: name, stackName: `aviary-${name}`, region: 'eu-west-1', parameters, config: {} },
});
const set = { Bootstrapped: 'true', DeployRepository: 'birds/aviary' };
const workflow = (text: string): RepositoryFiles['workflows'] => [readWorkflow('.github/workflows/one.yml', text)];
const good: RepositoryFiles = {
  stages: [stage('staging', set), stage('production', set)],
  environments: ['staging', 'staging-read', 'production', 'production-approval', 'production-read'],
  defaultRepository: 'example/aviary',
  codeOwners: '# @your-org/your-team is a placeholder\n* @birds/keepers\n',
  workflows: workflow(`
jobs:
  one:
    environment: production-read
    steps:
      - uses: actions/checkout@${commit} # v7.0.1
      - uses: ./.github/actions/set-up
  two:
    environment: { name: '\${{ inputs.stage }}' }
    uses: ./.github/workflows/two.yml
  three:
    environment: \${{ matrix.stage }}-read
`),
  rules: [],
};
const wrong = (files: Partial<RepositoryFiles>): Finding[] =>
  judgeRepository({ ...good, ...files }).filter(({ state }) => state !== 'ok');

describe('what the tree lacks', () => {
  test('is nothing where all is set', () => {
    expect(wrong({})).toEqual([]);
  });

  test('is what a stage does not say in samconfig.toml, with what to add', () => {
    const { Bootstrapped: _bootstrapped, ...unprepared } = set;

    expect(wrong({ stages: [stage('staging', unprepared), stage('production', set)] })).toMatchObject([
      { mend: 'Add "Bootstrapped=true" to parameter_overrides of staging.' },
    ]);
  });

  test.each([{}, { DeployRepository: '' }, { DeployRepository: 'example/aviary' }])(
    'is a repository to deploy from: %j',
    (given) => {
      const { DeployRepository: _repository, ...rest } = set;

      expect(wrong({ stages: [stage('staging', { ...rest, ...given })], workflows: [] })).toMatchObject([
        { check: 'samconfig.toml: repository of staging', state: 'missing' },
      ]);
    },
  );

  test.each([undefined, '', '# nobody\n', '* @your-org/your-team\n'])('is an owner of the code: %j', (codeOwners) => {
    expect(wrong({ codeOwners })).toMatchObject([{ check: '.github/CODEOWNERS', state: 'missing' }]);
  });

  test.each(['actions/checkout@v7', 'actions/checkout', `actions/checkout@${commit.slice(0, 12)}`])(
    'is the commit of %s',
    (use) => {
      const workflows = workflow(`jobs: { one: { steps: [{ uses: '${use}' }] } }`);

      expect(wrong({ workflows })).toMatchObject([{ detail: `.github/workflows/one.yml uses ${use}.` }]);
    },
  );

  test('is found in a called workflow and in an action of the repository too', () => {
    const workflows = [
      ...workflow('jobs: { one: { uses: birds/nest/.github/workflows/x.yml@main } }'),
      readWorkflow('.github/actions/a/action.yml', 'runs: { using: composite, steps: [{ uses: actions/cache@v5 }] }'),
    ];

    expect(wrong({ workflows })[0]?.detail).toBe(
      '.github/workflows/one.yml uses birds/nest/.github/workflows/x.yml@main, .github/actions/a/action.yml uses actions/cache@v5.',
    );
  });

  test.each(['prod', 'staging-approval', '${{ inputs.stage }}-write', 'production-read-2'])(
    'is the environment %s, which bootstrap does not make',
    (environment) => {
      const workflows = workflow(`jobs: { one: { environment: '${environment}' } }`);

      expect(wrong({ workflows })).toMatchObject([
        { check: "Workflows' environments", detail: `.github/workflows/one.yml has ${environment}.` },
      ]);
    },
  );
});

test('the workflows of this repository name environments that bootstrap makes, and pinned actions', () => {
  const files = readRepositoryFiles(root, undefined);
  const found = judgeRepository(files).filter(({ check }) => /^(Actions|Workflows)/.test(check));

  expect(files.workflows.flatMap(({ environments }) => environments)).toContain('production-approval');
  expect(files.workflows.flatMap(({ uses }) => uses).length).toBeGreaterThan(10);
  expect(found.map(({ state }) => state)).toEqual(['ok', 'ok']);
});

test('the repository is the one of the stage, and not the example', () => {
  expect(deployRepository(stage('staging', set), 'example/aviary')).toBe('birds/aviary');
  expect(deployRepository(stage('staging', {}), 'example/aviary')).toBeUndefined();
});

describe('what the machine lacks', () => {
  const rest = { docker: undefined, portProblem: undefined, credentials: undefined };
  const machine = { node: 'v24.21.0', python: 'Python 3.11.7', ...rest };

  test('is nothing without Docker, and without credentials', () => {
    expect(judgeMachine(machine).filter(({ state }) => state !== 'ok')).toEqual([]);
  });

  test('is no port, since there are others; it says who has it', () => {
    const portProblem = 'Port 4566 is in use by another program.';

    expect(judgeMachine({ ...machine, portProblem })).toContainEqual({
      check: 'Port 4566',
      state: 'ok',
      detail: `${portProblem} Stop that, or start with npm start -- --port 0.`,
      mend: undefined,
    });
  });

  test.each([undefined, 'Python 2.7.18', 'Python 3.9.6'])('is a Python: %s', (python) => {
    expect(judgeMachine({ ...machine, python })).toContainEqual(
      expect.objectContaining({ check: 'Python', state: 'missing' }),
    );
  });

  test("is Lambda's Node.js", () => {
    expect(judgeMachine({ ...machine, node: 'v22.1.0' })[0]).toMatchObject({ check: 'Node.js', state: 'missing' });
  });
});

describe('what the account lacks', () => {
  const wanted = { Resources: { Topic: { Type: 'AWS::SNS::Topic' } } };
  const judge = (found: BootstrapState): Finding => judgeAccount(stage('staging', set), found, wanted);
  const there = { state: 'there', status: 'UPDATE_COMPLETE', template: wanted } as const;

  test('is nothing where the stack is whole and as the tree says', () => {
    const Topic = { Type: 'AWS::SNS::Topic', Metadata: { SamResourceId: 'Topic' } };

    expect(judge(there).state).toBe('ok');
    expect(judge({ ...there, template: { Resources: { Topic } } }).state).toBe('ok');
  });

  test.each<[string, BootstrapState]>([
    ['the stack', { state: 'absent' }],
    ['its end', { ...there, status: 'UPDATE_ROLLBACK_COMPLETE' }],
    ['what the tree says now', { ...there, template: { Resources: {} } }],
  ])('is %s', (_what, found) => {
    expect(judge(found)).toMatchObject({
      state: 'missing',
      mend: expect.stringContaining('bootstrap --stage staging') as unknown,
    });
  });

  test('is unknown without credentials', () => {
    expect(judge({ state: 'unreadable', why: 'There are none.' })).toMatchObject({
      state: 'not checked',
      detail: 'There are none.',
    });
  });
});

test('each finding is a line, with what to do, and the counts are last', () => {
  const text = describeDoctor([
    { check: 'One', state: 'ok', detail: undefined, mend: undefined },
    { check: 'Two', state: 'missing', detail: 'It is not there.', mend: 'gh make it' },
    { check: 'Three', state: 'not checked', detail: 'Nobody is signed in.', mend: undefined },
  ]);

  expect(text).toMatch(/missing +Two +It is not there\. gh make it\n/);
  expect(text).toMatch(/\n1 ok, 1 missing, 1 not checked\.\n$/);
});
