import { StackStatus } from '@aws-sdk/client-cloudformation';
import { decideRecovery, type Step, type Wishes } from '../../../../tools/recover/decide-recovery.ts';
import type { MovedAlias, Situation } from '../../../../tools/recover/situation.ts';
import { stackState } from '../../../../tools/recover/stack-states.ts';

const alias: MovedAlias = {
  name: 'users',
  functionName: 'aviary-users-staging',
  runs: '3',
  should: '5',
  runsRelease: '0a1b2c',
  shouldRelease: '9f8e7d',
  beside: [],
  revision: 'r',
};
const none: Wishes = { skip: [], retain: [] };
const decide = (situation: Partial<Situation>, wishes: Partial<Wishes> = {}): Step[] =>
  decideRecovery(
    {
      ...{
        stackName: 'aviary-staging',
        status: 'UPDATE_COMPLETE',
        failed: [],
        changeSets: [],
        deployments: [],
        aliases: [],
      },
      ...situation,
    },
    { ...none, ...wishes },
  );

/** What is done about each state; by hand, from the User Guide of CloudFormation, so that the table has a second opinion. */
const remedies: Readonly<Record<string, readonly string[]>> = {
  none: [
    'CREATE_COMPLETE',
    'DELETE_COMPLETE',
    'IMPORT_COMPLETE',
    'IMPORT_ROLLBACK_COMPLETE',
    'UPDATE_COMPLETE',
    'UPDATE_ROLLBACK_COMPLETE',
  ],
  wait: [
    'CREATE_IN_PROGRESS',
    'DELETE_IN_PROGRESS',
    'IMPORT_IN_PROGRESS',
    'IMPORT_ROLLBACK_IN_PROGRESS',
    'ROLLBACK_IN_PROGRESS',
    'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
    'UPDATE_IN_PROGRESS',
    'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
    'UPDATE_ROLLBACK_IN_PROGRESS',
  ],
  deleteStack: ['CREATE_FAILED', 'DELETE_FAILED', 'REVIEW_IN_PROGRESS', 'ROLLBACK_COMPLETE', 'ROLLBACK_FAILED'],
  rollBack: ['UPDATE_FAILED'],
  continueRollback: ['UPDATE_ROLLBACK_FAILED'],
  person: ['IMPORT_ROLLBACK_FAILED', 'A_STATE_OF_NEXT_YEAR'],
};
const rows = Object.entries(remedies).flatMap(([act, states]) => states.map((state) => [state, act] as const));

describe('decideRecovery', () => {
  it('has an answer to every state that a stack can have', () => {
    const known: string[] = Object.values(StackStatus);

    expect(rows.map(([state]) => state).sort()).toEqual([...known, 'A_STATE_OF_NEXT_YEAR'].sort());
  });

  it.each(rows)('of a stack in %s: %s', (status, act) => {
    expect(decide({ status }).map((step) => step.act)).toEqual(act === 'none' ? [] : [act]);
  });

  it('finds nothing to do where there is no stack', () => {
    expect(decide({ status: undefined, aliases: [alias] })).toEqual([]);
  });

  it.each(rows.filter(([, act]) => act !== 'none'))('looks behind no stack that is in %s', (status) => {
    expect(decide({ status, changeSets: ['samcli-deploy1'], aliases: [alias] })).toHaveLength(1);
  });

  it('leaves what it is told to when a rollback goes on, and says so', () => {
    const skip = ['Table', 'aviary-staging-Data-1A.Queue'];

    expect(decide({ status: 'UPDATE_ROLLBACK_FAILED' }, { skip })).toEqual([
      {
        act: 'continueRollback',
        skip,
        say: 'Go on taking back the last update of aviary-staging, leaving Table, aviary-staging-Data-1A.Queue as it is, which the stack then says wrongly.',
      },
    ]);
  });

  it.each([
    ['DELETE_FAILED', ['Table']],
    ['ROLLBACK_FAILED', []],
  ])('keeps resources in the account only where CloudFormation takes it: %s', (status, retain) => {
    expect(decide({ status }, { retain: ['Table'] })).toMatchObject([{ act: 'deleteStack', retain }]);
  });

  it('names what failed where a person has to mend it', () => {
    const failed = [{ id: 'Table', type: 'AWS::DynamoDB::Table', reason: 'it is there' }];

    expect(decide({ status: 'IMPORT_ROLLBACK_FAILED', failed })[0]?.say).toBe(
      'Mend aviary-staging in the CloudFormation console: Table (it is there).',
    );
  });

  it('moves aliases, and removes change sets, of a stack that is whole', () => {
    expect(decide({ changeSets: ['samcli-deploy1'], aliases: [alias] }).map(({ say }) => say)).toEqual([
      'Delete the change set samcli-deploy1, which a run that stopped has left.',
      'Move live of users to version 5 (9f8e7d), which the stack says; it runs version 3 (0a1b2c).',
    ]);
  });

  it('tells of an alias that shares its traffic, and of a version of no release', () => {
    const shared = { ...alias, runs: '5', runsRelease: undefined, beside: ['6'] };

    expect(decide({ aliases: [shared] })[0]?.say).toContain('it runs version 5 (of no release), beside version 6.');
  });

  it('stops deployments first: they move the aliases', () => {
    const deployments = [{ id: 'd-1', group: 'UsersDeploymentGroup' }];

    expect(decide({ deployments, aliases: [alias] }).map(({ act }) => act)).toEqual(['stopDeployment']);
  });

  it.each(rows)('says what %s means', (state) => {
    expect(stackState(state).means).toMatch(/^(?!.*undefined)[a-z].{10,}[^.]$/);
  });
});
