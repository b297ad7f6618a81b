import { hasDrifted, type Drift } from '../../../../tools/drift/read-drift.ts';
import { describeDrift } from '../../../../tools/report/describe-drift.ts';
import { aCommit } from '../../../support/engine/a-tree.ts';

const none: Drift = {
  ...{ stage: 'staging', commit: aCommit('c'), functions: [], resources: [], unseen: [], behind: [] },
};
const queue = {
  stack: 'aviary-staging',
  logicalId: 'Queue',
  type: 'AWS::SQS::Queue',
  status: 'DELETED',
  properties: [],
};

describe('describeDrift', () => {
  it('says that all is as the stack says', () => {
    expect(describeDrift(none)).toBe(
      [
        '## staging: runs what its stack says',
        '',
        'CloudFormation has looked at every resource that it can compare.',
        'The stage runs what cccccccccc asks for.',
        '',
      ].join('\n'),
    );
  });

  it('lists functions and resources that drifted', () => {
    const drift = { ...none, functions: [{ name: 'users', problem: 'live runs another' }], resources: [queue] };

    expect(hasDrifted(drift)).toBe(true);
    expect(describeDrift(drift)).toContain('## staging: runs something that its stack does not say');
    expect(describeDrift(drift)).toContain('- function `users`: live runs another');
    expect(describeDrift(drift)).toContain('- `Queue` (AWS::SQS::Queue, in aviary-staging) is DELETED');
  });

  it('tells what could not be looked at, which is no drift', () => {
    const drift = { ...none, unseen: ['aviary-staging: Failed to detect drift on resource [Secret]'] };

    expect(hasDrifted(drift)).toBe(false);
    expect(describeDrift(drift)).toContain('It could not look at all of aviary-staging: Failed to detect drift');
  });

  it('tells what is not deployed yet, which is no drift', () => {
    const drift = { ...none, resources: null, behind: ['users'] };

    expect(hasDrifted(drift)).toBe(false);
    expect(describeDrift(drift)).toContain('Not deployed yet, of cccccccccc: `users`.');
    expect(describeDrift(drift)).toContain('CloudFormation was not asked');
  });
});
