import type { Recovery } from '../recover/recover-stage.ts';
import { stackState } from '../recover/stack-states.ts';

/** What was done to bring a stage back, and what is left to do. */
export function describeRecovery(recovery: Recovery): string {
  const { stage, situation, done, kept, open, busy } = recovery;
  const { stackName, status, failed } = situation;
  const state = status === undefined ? 'there is no such stack' : `${status}: ${stackState(status).means}`;
  return [
    `${stage}: ${stackName}, ${state}.`,
    ...listed(
      'What failed:',
      failed.map(({ id, type, reason }) => `${id} (${type}): ${reason}`),
    ),
    ...listed('Done:', done),
    ...listed(
      'Left in the account:',
      kept.map(({ id, type }) => `${id} (${type})`),
    ),
    ...listed(
      'To be done:',
      open.map(({ say }) => say),
    ),
    '',
    nextStep(recovery, busy),
    '',
  ].join('\n');
}

const listed = (title: string, items: readonly string[]): string[] =>
  items.length === 0 ? [] : ['', title, ...items.map((item) => `  - ${item}`)];

function nextStep({ stage, situation, done, kept, open }: Recovery, busy: string | null): string {
  const again = `npm run aviary -- recover --stage ${stage} --yes`;
  if (busy !== null) return `It is being changed by ${busy}: nothing was looked into. To wait for it: ${again}.`;
  const { status, failed } = situation;
  if (open.length > 0) {
    if (done.length === 0 || status === undefined) return `Nothing was changed. To do it: ${again}.`;
    const ids = failed.map(({ id }) => id).join(',');
    if (status === 'UPDATE_ROLLBACK_FAILED')
      return `It failed again. Mend what stands above; or leave it as it is: ${again} --skip ${ids}.`;
    if (status === 'DELETE_FAILED')
      return `It failed again. Mend what stands above; or leave it in the account: ${again} --retain ${ids}.`;
    return `Mend what stands above, then: ${again}.`;
  }
  if (kept.length > 0) {
    return `A deploy makes the stack anew, and fails where a name is taken: delete what you do not need of the above, or import it.`;
  }
  if (status === undefined) return `Deploy: npm run deploy -- --stage ${stage}.`;
  return done.length === 0 ? 'Nothing is to be done: what runs is what the stack says.' : 'Nothing more is to be done.';
}
