import { objectAt, stringAt, type JsonObject } from '../lib/json.ts';
import { replaceMarked } from './marked-block.ts';

const marks = {
  file: 'template.yaml',
  begin: '# Log groups of functions: written by `npm run aviary -- generate`',
  end: '# End of log groups of functions',
  what: 'the log groups of functions',
};

/** Amazon CloudWatch Logs Insights queries 50 log groups at most. (CloudWatch Logs quotas.) */
const most = 50;

/** template.yaml with the log group of each function between its marks, for the saved queries. */
export function renderLogGroups(text: string, functions: readonly { readonly block: JsonObject }[]): string {
  const groups = functions.flatMap(({ block }) => {
    return stringAt(objectAt(objectAt(objectAt(block, 'Properties'), 'LoggingConfig'), 'LogGroup'), 'Ref') ?? [];
  });
  const lines = [...new Set(groups)].sort().slice(0, most);
  // The second member of a join, which is a list.
  return replaceMarked(text, marks, lines.map((id, at) => `${at === 0 ? '-' : ' '} - !Ref ${id}\n`).join(''));
}
