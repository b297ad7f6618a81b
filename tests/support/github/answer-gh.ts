import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { FakeEnvironment, FakeRepository } from './fake-repository.ts';
import { fieldsOf } from './gh-fields.ts';

/** What a program ends with. */
export interface Ending {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** An answer of GitHub that is no success. */
class Refusal extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/**
 * What `gh api …` and `gh variable set …` end with on this repository, which they may change. Paths, shapes of answers and
 * exit codes are those of GitHub's REST API and of the GitHub CLI.
 */
export function answerGh(state: FakeRepository, args: string[]): Ending {
  if (!state.signedIn)
    return { code: 4, stdout: '', stderr: 'To get started with GitHub CLI, please run:  gh auth login\n' };
  try {
    const data = handle(state, args);
    return { code: 0, stdout: data === undefined ? '' : JSON.stringify(data), stderr: '' };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { status, message } = error;
    const stdout = JSON.stringify({ message, status: String(status) });
    return { code: 1, stdout, stderr: `gh: ${message} (HTTP ${String(status)})\n` };
  }
}

function handle(state: FakeRepository, args: string[]): unknown {
  const list = { type: 'string', multiple: true } as const;
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      header: { ...list, short: 'H' },
      method: { type: 'string', default: 'GET' },
      field: { ...list, short: 'F' },
      'raw-field': { ...list, short: 'f' },
      input: { type: 'string' },
      repo: { type: 'string' },
      env: { type: 'string' },
      body: { type: 'string' },
    },
  });
  const [command, path = '', name = ''] = positionals;
  if (command === 'variable') {
    if (values.repo !== state.repository) throw new Refusal(404, 'Not Found');
    const { variables } = values.env === undefined ? state : environment(state, values.env);
    variables[name] = values.body ?? '';
    return undefined;
  }
  const base = `repos/${state.repository}`;
  if (!path.startsWith(base)) throw new Refusal(404, 'Not Found');
  const body: unknown =
    values.input === undefined
      ? fieldsOf([...(values.field ?? []), ...(values['raw-field'] ?? [])])
      : JSON.parse(readFileSync(values.input, 'utf8'));
  const asked = `${values.method} ${path.slice(base.length).replace(/\?.*/, '')}`;
  for (const [route, answer] of routes) {
    const found = new RegExp(`^${route}$`).exec(asked);
    if (found) return answer(state, body, found[1] ?? '', found[2] ?? '');
  }
  throw new Refusal(404, 'Not Found');
}

const routes: [string, (state: FakeRepository, body: unknown, first: string, second: string) => unknown][] = [
  ['GET ', settings],
  [
    'PATCH ',
    (state, body) => {
      const { security_and_analysis: given } = body as { security_and_analysis: Record<string, { status: string }> };
      for (const [key, { status }] of Object.entries(given)) state.analysis[key] = status;
      return settings(state);
    },
  ],
  ['GET /environments/([^/]+)', (state, _body, name) => shown(name, environment(state, name))],
  ['PUT /environments/([^/]+)', putEnvironment],
  [
    'GET /environments/([^/]+)/variables/(\\w+)',
    (state, _body, name, key) => variable(environment(state, name).variables, key),
  ],
  ['GET /actions/variables/(\\w+)', (state, _body, key) => variable(state.variables, key)],
  ['GET /branches/main', (state) => ({ name: 'main', protected: state.protected })],
  [
    'GET /rules/branches/main',
    ({ rulesets }) => rulesets.filter(({ enforcement }) => enforcement === 'active').flatMap(({ rules }) => rules),
  ],
  [
    'POST /rulesets',
    (state, body) => {
      state.rulesets.push(body as FakeRepository['rulesets'][number]);
      return body;
    },
  ],
  [
    'GET /vulnerability-alerts',
    (state) => {
      if (!state.alerts) throw new Refusal(404, 'Vulnerability alerts are disabled.');
      return undefined;
    },
  ],
  [
    'PUT /vulnerability-alerts',
    (state) => {
      state.alerts = true;
      return undefined;
    },
  ],
];

function settings({ repository, admin, analysis }: FakeRepository): unknown {
  const statuses = Object.entries(analysis).map(([key, status]) => [key, { status }]);
  const seen = admin ? { security_and_analysis: Object.fromEntries(statuses) as unknown } : {};
  return { full_name: repository, default_branch: 'main', permissions: { admin }, ...seen };
}

function environment(state: FakeRepository, name: string): FakeEnvironment {
  const found = state.environments[name];
  if (!found) throw new Refusal(404, 'Not Found');
  return found;
}

function shown(name: string, { policy, reviewers, preventSelfReview }: FakeEnvironment): unknown {
  const review = {
    type: 'required_reviewers',
    prevent_self_review: preventSelfReview,
    reviewers: reviewers.map(({ type, id }) => ({ type, reviewer: { id } })),
  };
  const rules = [...(reviewers.length > 0 ? [review] : []), ...(policy ? [{ type: 'branch_policy' }] : [])];
  return { name, protection_rules: rules, deployment_branch_policy: policy };
}

function putEnvironment(state: FakeRepository, body: unknown, name: string): unknown {
  const given = body as {
    deployment_branch_policy?: FakeEnvironment['policy'];
    reviewers?: FakeEnvironment['reviewers'];
    prevent_self_review?: boolean;
  };
  const { deployment_branch_policy: policy = null, reviewers = [], prevent_self_review: alone = false } = given;
  if (reviewers.some(({ id }) => typeof id !== 'number')) throw new Refusal(422, 'Invalid request.');
  const { variables } = state.environments[name] ?? { variables: {} };
  const made = { policy, reviewers, preventSelfReview: alone, variables };
  state.environments[name] = made;
  return shown(name, made);
}

function variable(variables: Readonly<Record<string, string>>, name: string): unknown {
  const value = variables[name];
  if (value === undefined) throw new Refusal(404, 'Not Found');
  return { name, value };
}
