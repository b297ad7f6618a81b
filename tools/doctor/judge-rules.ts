import { objectAt, stringAt, textOf, type Json } from '../lib/json.ts';
import { missing, notChecked, ok, verdict, type Finding } from './finding.ts';
import { mapOf, type Answer } from './gh.ts';
import { mapsOf, type GitHubState } from './read-github.ts';

/** Kinds that .github/rulesets/main.json has and that not each repository can have. */
const optional = new Set(['merge_queue']);

/** Whether the default branch is held as .github/rulesets/main.json says. @param wanted the rules of that file */
export function judgeRules(
  { repository, branch, rules, branchSettings }: GitHubState,
  wanted: readonly Json[],
): Finding[] {
  const check = `Rules of ${branch}`;
  const mend = `gh api --method POST repos/${repository}/rulesets --input .github/rulesets/main.json`;
  if (rules.state !== 'there') return [notChecked(check, rules.state === 'absent' ? 'They are not shown.' : rules.why)];
  const active = mapsOf(rules.data);
  if (active.length === 0) return [missing(check, 'There are none, or they are not active.', mend)];
  const typesOf = (list: readonly Json[]): string[] => list.flatMap((rule) => stringAt(rule, 'type') ?? []);
  const gone = typesOf(wanted).filter((type) => !optional.has(type) && !typesOf(active).includes(type));
  const change = `Settings, Rules, Rulesets: bring the ruleset in line with .github/rulesets/main.json.`;
  return [
    verdict(check, gone.length === 0 ? undefined : `These are missing: ${gone.join(', ')}.`, change),
    verdict(`${check}: required checks`, lacking(contexts(wanted), contexts(active)), change),
    verdict(
      `${check}: review by code owners`,
      active.some((rule) => objectAt(rule, 'parameters')['require_code_owner_review'] === true)
        ? undefined
        : 'It is not asked for.',
      change,
    ),
    counted(branch, branchSettings),
  ];
}

/** The names of the checks that rules ask for, each with the number of the app that has to report it. */
function contexts(rules: readonly Json[]): string[] {
  return mapsOf(rules)
    .filter(({ type }) => type === 'required_status_checks')
    .flatMap((rule) => mapsOf(objectAt(rule, 'parameters')['required_status_checks']))
    .flatMap((each) => {
      const name = stringAt(each, 'context');
      return name === undefined ? [] : [`${name} (app ${textOf(each['integration_id'] ?? null)})`];
    });
}

function lacking(wanted: readonly string[], found: readonly string[]): string | undefined {
  const gone = wanted.filter((name) => !found.includes(name));
  return gone.length === 0 ? undefined : `Not asked for: ${gone.join(', ')}.`;
}

/** What "protected branches" of an environment means is GitHub's to say. */
function counted(branch: string, settings: Answer): Finding {
  const check = `${branch} counts as protected`;
  if (settings.state === 'there' && mapOf(settings)['protected'] === true) return ok(check);
  return notChecked(
    check,
    settings.state === 'unreadable'
      ? settings.why
      : `GitHub does not say so: see that a job of another branch is refused in an environment, or protect ${branch} in Settings, Branches as well.`,
  );
}
