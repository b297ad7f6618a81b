import { isList, isObject, stringAt, type Json } from '../lib/json.ts';
import { mapOf, type Answer, type AskGitHub } from './gh.ts';

/** What an environment with a role has. */
export const environmentVariables = ['AWS_ROLE_ARN', 'AWS_REGION'];

/** What the repository has: the stages that are deployed, and what pull requests read, which run in no environment. */
export const repositoryVariables = [
  'AVIARY_STAGES',
  'AWS_PULL_REQUEST_ROLE_ARN',
  'AWS_REGION',
  'AWS_PULL_REQUEST_STACK',
];

/** An environment of GitHub, with the answers as they came. */
export interface EnvironmentAnswers {
  readonly settings: Answer;
  /** By name. */
  readonly variables: Readonly<Record<string, Answer>>;
}

/** What GitHub says of a repository. */
export interface GitHubState {
  /** `owner/name`. */
  readonly repository: string;
  readonly settings: Answer;
  /** The default branch; `main` where it is not known. */
  readonly branch: string;
  readonly branchSettings: Answer;
  /** The rules that are active on the default branch, wherever they come from. */
  readonly rules: Answer;
  /** Variables of the repository, by name. */
  readonly variables: Readonly<Record<string, Answer>>;
  readonly environments: Readonly<Record<string, EnvironmentAnswers>>;
  /** There where Dependabot's alerts are on. */
  readonly alerts: Answer;
}

/** Asks for all that is judged. Changes nothing. */
export async function readGitHub(
  ask: AskGitHub,
  repository: string,
  environments: readonly string[],
): Promise<GitHubState> {
  const base = `repos/${repository}`;
  const settings = await ask(base);
  // Whoever may not see the repository may not see more of it.
  const more: AskGitHub = settings.state === 'there' ? ask : () => Promise.resolve(settings);
  const variables = async (at: string, names: readonly string[]): Promise<Record<string, Answer>> => {
    const answers = names.map(async (name): Promise<[string, Answer]> => [name, await more(`${at}/variables/${name}`)]);
    return Object.fromEntries(await Promise.all(answers));
  };
  const branch = stringAt(mapOf(settings), 'default_branch') ?? 'main';
  const found: [string, EnvironmentAnswers][] = [];
  for (const name of environments) {
    const at = `${base}/environments/${name}`;
    found.push([name, { settings: await more(at), variables: await variables(at, environmentVariables) }]);
  }
  return {
    repository,
    settings,
    branch,
    branchSettings: await more(`${base}/branches/${branch}`),
    rules: await more(`${base}/rules/branches/${branch}?per_page=100`),
    variables: await variables(`${base}/actions`, repositoryVariables),
    environments: Object.fromEntries(found),
    alerts: await more(`${base}/vulnerability-alerts`),
  };
}

/** The maps of a list; empty for what is no list. */
export function mapsOf(value: Json | undefined): Readonly<Record<string, Json>>[] {
  return (isList(value) ? value : []).filter((each) => isObject(each));
}
