import { environmentsOf } from '../../../../tools/bootstrap/github-environments.ts';
import type { Finding } from '../../../../tools/doctor/finding.ts';
import { askGitHub } from '../../../../tools/doctor/gh.ts';
import { judgeGitHub } from '../../../../tools/doctor/judge-github.ts';
import { readGitHub } from '../../../../tools/doctor/read-github.ts';
import { readRepositoryFiles } from '../../../../tools/doctor/read-repository.ts';
import { repository as root } from '../../../support/cloud.ts';
import { FakeGitHub } from '../../../support/github/fake-github.ts';
import { fresh, type FakeRepository } from '../../../support/github/fake-repository.ts';
import { prepareGitHub, typeFilled } from '../../../support/github/prepare-github.ts';

const { stages, rules } = readRepositoryFiles(root, undefined);
const names = stages.flatMap(({ stage }) => environmentsOf(stage.name).map(({ name }) => name));

describe('what GitHub lacks', () => {
  let prepared: FakeRepository;
  let github: FakeGitHub;
  beforeAll(async () => {
    const once = new FakeGitHub();
    await prepareGitHub(once, stages, root);
    prepared = once.state;
    once.delete();
  });
  beforeEach(() => (github = new FakeGitHub(prepared)));
  afterEach(() => {
    github.delete();
  });
  const look = async (ask = github.ask, name = 'birds/aviary'): Promise<Finding[]> =>
    judgeGitHub(await readGitHub(ask, name, names), stages, rules);
  const inState = (findings: readonly Finding[], state: Finding['state']): string[] =>
    findings.filter((each) => each.state === state).map(({ check }) => check);

  test('is nothing after the commands that bootstrap prints, the ruleset and the switches', async () => {
    const findings = await look();

    expect(findings.filter(({ state }) => state !== 'ok')).toEqual([]);
    expect(findings.length).toBeGreaterThan(25);
  });

  test('is the same whether the program is asked or what stands in it', async () => {
    expect(await look(askGitHub(github.env))).toEqual(await look());
  });

  test('in a new repository is named, and each command that stands beside it mends it', async () => {
    github.change((state) => Object.assign(state, fresh));
    const first = await look();
    // What an environment lacks can be seen when it is there.
    for (let round = 0; round < 3; round += 1)
      for (const { mend: command } of await look())
        if (command?.startsWith('gh ') === true) await typeFilled(github, command, root);

    expect(inState(first, 'missing')).toEqual([
      'Deploys: AVIARY_STAGES',
      ...names.map((name) => `Environment ${name}`),
      'Pull requests: AWS_PULL_REQUEST_ROLE_ARN',
      'Pull requests: AWS_REGION',
      'Pull requests: AWS_PULL_REQUEST_STACK',
      'Rules of main',
      'Dependabot alerts',
      'Secret scanning',
      'Secret scanning: push protection',
    ]);
    expect(inState(await look(), 'missing')).toEqual([]);
  });

  const damage: [string, string, (state: FakeRepository) => void][] = [
    ['an environment that is gone', 'Environment production-read', (it) => delete it.environments['production-read']],
    [
      'an environment for all branches',
      'Environment production: branches',
      ({ environments: { production } }) => production && (production.policy = null),
    ],
    [
      'an environment with branches of its own',
      'Environment staging: branches',
      ({ environments: { staging } }) =>
        staging && (staging.policy = { protected_branches: false, custom_branch_policies: true }),
    ],
    [
      'an approval by nobody',
      'Environment production-approval: reviewers',
      (it) =>
        (it.environments['production-approval'] = {
          policy: null,
          reviewers: [],
          preventSelfReview: false,
          variables: {},
        }),
    ],
    [
      'an approval of one by himself',
      'Environment production-approval: reviewers',
      ({ environments: { 'production-approval': approval } }) => approval && (approval.preventSelfReview = false),
    ],
    [
      'a deploy that waits',
      'Environment production: reviewers',
      ({ environments: { production } }) => production?.reviewers.push({ type: 'User', id: 7 }),
    ],
    [
      'a role of another stage',
      'Environment production: AWS_ROLE_ARN',
      ({ environments: { staging, production } }) =>
        production && staging && (production.variables = staging.variables),
    ],
    [
      'a role that deploys where it has to read',
      'Environment staging-read: AWS_ROLE_ARN',
      ({ environments: { staging, 'staging-read': read } }) => read && staging && (read.variables = staging.variables),
    ],
    ['a stage that is not switched on', 'Deploys: AVIARY_STAGES', (it) => (it.variables['AVIARY_STAGES'] = 'staging')],
    ['a ruleset that is switched off', 'Rules of main', ({ rulesets: [one] }) => one && (one.enforcement = 'evaluate')],
    [
      'a rule that was taken out',
      'Rules of main',
      ({ rulesets: [one] }) => one && (one.rules = one.rules.filter(({ type }) => type !== 'non_fast_forward')),
    ],
    [
      'another required check',
      'Rules of main: required checks',
      ({ rulesets: [one] }) =>
        one?.rules
          .filter(({ type }) => type === 'required_status_checks')
          .forEach(
            (rule) => (rule.parameters = { required_status_checks: [{ context: 'Required', integration_id: 1 }] }),
          ),
    ],
    [
      'a review by anybody',
      'Rules of main: review by code owners',
      ({ rulesets: [one] }) =>
        one?.rules
          .filter(({ type }) => type === 'pull_request')
          .forEach((rule) => (rule.parameters = { require_code_owner_review: false })),
    ],
    ['secrets that nobody looks for', 'Secret scanning', ({ analysis }) => (analysis['secret_scanning'] = 'disabled')],
  ];

  test.each(damage)('is %s', async (_what, check, edit) => {
    github.change(edit);

    expect(inState(await look(), 'missing')).toContain(check);
  });

  test('names the stage that is not switched on beside those that are', async () => {
    github.change(({ variables }) => (variables['AVIARY_STAGES'] = 'staging'));

    expect((await look()).find(({ state }) => state === 'missing')?.mend).toBe(
      'gh variable set AVIARY_STAGES --repo birds/aviary --body staging,production',
    );
  });

  test('does not include the merge queue, which not each repository can have', async () => {
    github.change(({ rulesets: [one] }) => one && (one.rules = one.rules.filter(({ type }) => type !== 'merge_queue')));

    expect(inState(await look(), 'missing')).toEqual([]);
  });

  test('is said to be unknown where one is no administrator, or GitHub does not call main protected', async () => {
    github.change((state) => {
      state.admin = false;
      state.protected = false;
    });

    expect(inState(await look(), 'not checked')).toEqual([
      'main counts as protected',
      'Dependabot alerts',
      'Secret scanning',
      'Secret scanning: push protection',
    ]);
  });

  test('is unknown without a sign-in, and without gh', async () => {
    github.change((state) => (state.signedIn = false));

    expect(await look(askGitHub(github.env))).toMatchObject([
      { state: 'not checked', detail: 'Nobody is signed in: gh auth login.' },
    ]);
    expect(await look(askGitHub({ PATH: '/nowhere' }))).toMatchObject([
      { state: 'not checked', detail: 'The GitHub CLI (gh) is not installed.' },
    ]);
  });

  test('is the repository itself where there is no such one', async () => {
    expect(await look(github.ask, 'birds/nest')).toMatchObject([{ check: 'GitHub: birds/nest', state: 'missing' }]);
  });
});
