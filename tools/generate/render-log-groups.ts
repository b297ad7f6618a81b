import { objectAt, stringAt, type JsonObject } from '../lib/json.ts';
import { replaceMarked } from './marked-block.ts';

const marks = {
  file: 'template.yaml',
  begin: '# Log groups of functions: written by `npm run aviary -- generate`',
  end: '# End of log groups of functions',
  what: 'the log groups of functions',
};

const otherMarks = {
  file: 'template.yaml',
  begin: '# Log groups above the fiftieth: written by `npm run aviary -- generate`',
  end: '# End of log groups above the fiftieth',
  what: 'the log groups above the fiftieth',
};

/** Amazon CloudWatch Logs Insights queries 50 log groups at most. (CloudWatch Logs quotas.) */
const most = 50;

/**
 * template.yaml with the log group of each function between its marks, for the saved queries; and those that a query has
 * no place for as what the queries wait for, since the alarms wait for the queries and count what is in every group.
 */
export function renderLogGroups(text: string, functions: readonly { readonly block: JsonObject }[]): string {
  const groups = functions.flatMap(({ block }) => {
    return stringAt(objectAt(objectAt(objectAt(block, 'Properties'), 'LoggingConfig'), 'LogGroup'), 'Ref') ?? [];
  });
  const all = [...new Set(groups)].sort();
  // The second member of a join, which is a list.
  const asked = all.slice(0, most).map((id, at) => `${at === 0 ? '-' : ' '} - !Ref ${id}\n`);
  const others = all.slice(most).map((id) => `  - ${id}\n`);
  const waits = others.length === 0 ? '' : `DependsOn:\n${others.join('')}`;
  return replaceMarked(replaceMarked(text, marks, asked.join('')), otherMarks, waits);
}

/** The template without what {@link renderLogGroups} writes. */
export const withoutLogGroups = (text: string): string => replaceMarked(replaceMarked(text, marks, ''), otherMarks, '');
