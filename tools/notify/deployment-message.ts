import { staying, type Plan } from '../plan/plan.ts';
import { shortRelease } from '../plan/recorded-block.ts';

export interface Deployment {
  readonly stage: string;
  readonly result: 'success' | 'failure' | 'cancelled';
  /** What was to be deployed; undefined where it came to no plan. */
  readonly plan: Plan | undefined;
  /** Why it was started by hand. */
  readonly reason: string | undefined;
  /** Address of the run. */
  readonly run: string | undefined;
}

/** AWS SNS limits the subject of a mail to 100 characters of ASCII, in one line. */
const longestSubject = 100;

const verdicts = { success: 'deployed', failure: 'deploy FAILED', cancelled: 'deploy cancelled' };

/** What people are told of a deployment: a line, and Markdown that reads well as plain text too. */
export function deploymentMessage({ stage, result, plan, reason, run }: Deployment): { subject: string; body: string } {
  const moved = plan?.items.filter(({ change }) => !staying.includes(change)) ?? [];
  const names = moved.filter(({ kind }) => kind === 'function').map(({ name }) => name);
  const what = names.length > 0 ? `: ${names.join(', ')}` : '';
  const lines = moved.map(({ name, kind, change, release }) => {
    const to = kind === 'resource' || release === null ? '' : ` ${release.slice(0, shortRelease)}`;
    return `- ${kind} \`${name}\` ${change}${to}`;
  });
  const subject = `${stage} ${verdicts[result]}${what}`.replaceAll(/[^ -~]/g, '?').slice(0, longestSubject);
  const body = [
    `### ${stage} ${verdicts[result]}`,
    '',
    ...(plan ? [`Commit ${plan.commit}`] : []),
    ...(plan?.only ? [`Asked for: ${plan.only.join(', ')}`] : []),
    ...(reason === undefined || reason === '' ? [] : [`Reason: ${reason}`]),
    ...(run === undefined ? [] : [run]),
    '',
    ...(lines.length > 0 ? lines : [plan ? 'There was nothing to deploy.' : 'It came to no plan.']),
    '',
  ].join('\n');
  return { subject, body };
}
