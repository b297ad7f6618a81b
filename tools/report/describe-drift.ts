import { hasDrifted, type Drift } from '../drift/read-drift.ts';
import { shortCommit } from './describe-plan.ts';

/** Drift in Markdown: it goes into an issue, and reads well on a terminal. */
export function describeDrift(drift: Drift): string {
  const { stage, commit, functions, resources, unseen, behind } = drift;
  return [
    `## ${stage}: ${hasDrifted(drift) ? 'runs something that its stack does not say' : 'runs what its stack says'}`,
    '',
    ...functions.map(({ name, problem }) => `- function \`${name}\`: ${problem}`),
    ...(resources ?? []).map(({ stack, logicalId, type, status, properties }) => {
      const where = properties.length > 0 ? `: ${properties.map((path) => `\`${path}\``).join(', ')}` : '';
      return `- \`${logicalId}\` (${type}, in ${stack}) is ${status}${where}`;
    }),
    ...(hasDrifted(drift) ? [''] : []),
    resources === null
      ? 'CloudFormation was not asked for the drift of other resources.'
      : 'CloudFormation has looked at every resource that it can compare.',
    ...unseen.map((words) => `It could not look at all of ${words}`),
    behind.length === 0
      ? `The stage runs what ${shortCommit(commit)} asks for.`
      : `Not deployed yet, of ${shortCommit(commit)}: ${behind.map((name) => `\`${name}\``).join(', ')}.`,
    '',
  ].join('\n');
}
