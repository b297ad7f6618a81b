import type { NewFunction } from '../scaffold/plan-new.ts';
import type { Removal } from '../scaffold/plan-removal.ts';

/** How it went on from the plan. */
interface Outcome {
  readonly dryRun: boolean;
  /** What a person still has to do, a sentence each. */
  readonly toDo: readonly string[];
}

const indented = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);

/** What was made, and the next step. */
export function describeNew(it: NewFunction & Outcome & { readonly generated: readonly string[] }): string {
  const verb = it.dryRun ? 'Would make' : 'Made';
  return [
    `${verb} the function ${it.name} (${it.trigger}):`,
    ...indented(it.made),
    `${it.dryRun ? 'Would change' : 'Changed'}: ${[...it.changed, ...it.generated].join(', ')}`,
    `Resources: ${it.resources.join(', ')}`,
    ...(it.toDo.length > 0 ? ['', 'To do:', ...indented(it.toDo)] : []),
    '',
    it.dryRun
      ? 'Nothing was written.'
      : `Next: write its rule, and run npm start; npm test -- tests/unit/functions/${it.name} runs its test.`,
    '',
  ].join('\n');
}

/** What has gone, and what the next deploy does. */
export function describeRemoval(it: Removal & Pick<Outcome, 'dryRun'>): string {
  const ids = (wanted: 'deleted' | 'kept'): string[] => it.Resources.filter((id) => it.fate[id] === wanted);
  const entries = [...it.Parameters, ...it.Conditions, ...it.Outputs];
  return [
    `${it.dryRun ? 'Would remove' : 'Removed'} ${it.names.join(', ')}:`,
    ...indented(it.files),
    `From template.yaml: ${[...it.Resources, ...entries].join(', ')}`,
    ...(it.named.length > 0 ? ['', 'These still speak of its files:', ...indented(it.named)] : []),
    '',
    it.dryRun ? 'Nothing was deleted.' : 'The next deploy of a stage deletes there, with all that is in them:',
    ...(it.dryRun ? ['A deploy would delete, with all that is in them:'] : []),
    ...indented(ids('deleted')),
    ...(ids('kept').length > 0 ? ['It keeps, with their data, for somebody to delete by hand:'] : []),
    ...indented(ids('kept')),
    '',
  ].join('\n');
}
