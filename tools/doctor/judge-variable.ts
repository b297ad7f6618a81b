import { stringAt } from '../lib/json.ts';
import { missing, notChecked, ok, type Finding } from './finding.ts';
import { mapOf, type Answer } from './gh.ts';

/** A variable as the workflows need it. */
export interface WantedVariable {
  readonly name: string;
  /** What it belongs to, as `Environment staging`. */
  readonly where: string;
  /** What `gh variable set` needs besides: ` --env staging`, or nothing. */
  readonly flags: string;
  /** `owner/name`. */
  readonly repository: string;
  /** The value itself, the name of a role of any account, or names that have to be among its own. */
  readonly wanted: { readonly value: string } | { readonly role: string } | { readonly names: readonly string[] };
}

/** Whether a variable is there, and of the right form. */
export function judgeVariable(variable: WantedVariable, answer: Answer = { state: 'absent' }): Finding {
  const { name, where, flags, repository, wanted } = variable;
  const check = `${where}: ${name}`;
  if (answer.state === 'unreadable') return notChecked(check, answer.why);
  const found = stringAt(mapOf(answer), 'value');
  const mend = `gh variable set ${name} --repo ${repository}${flags} --body ${example(wanted, found ?? '')}`;
  if (found === undefined || found === '') return missing(check, 'It is not set.', mend);
  return isRight(found, wanted) ? ok(check) : missing(check, `It is ${found}.`, mend);
}

/** What to set: names that are there already stay. */
function example(wanted: WantedVariable['wanted'], found: string): string {
  if ('value' in wanted) return wanted.value;
  if ('role' in wanted) return `arn:aws:iam::ACCOUNT:role/${wanted.role}`;
  return [...new Set([...namesIn(found), ...wanted.names])].join(',');
}

function isRight(found: string, wanted: WantedVariable['wanted']): boolean {
  if ('value' in wanted) return found === wanted.value;
  if ('role' in wanted) return new RegExp(`^arn:aws(-[a-z]+)*:iam::\\d{12}:role/${wanted.role}$`).test(found);
  return wanted.names.every((name) => namesIn(found).includes(name));
}

function namesIn(text: string): string[] {
  return text.split(/[\s,]+/).filter(Boolean);
}
