import { DynamoDBClient, UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import { recoverStage, type Recovery } from '../../tools/recover/recover-stage.ts';
import { describeRecovery } from '../../tools/report/describe-recovery.ts';
import { localClient } from '../../tools/local/environment.ts';
import { useCloud } from '../support/cloud.ts';
import { gate, impossible, makeSubnet, queue, SmallStack, table } from '../support/small-stacks.ts';
import { eventually } from '../support/runtime/eventually.ts';
import { rejectionOf } from '../support/engine/failure-of.ts';

describe('recover, of a stack that is', () => {
  const cloud = useCloud();
  let stacks = 0;
  let stack: SmallStack;
  let said: string[];
  beforeEach(() => {
    stacks += 1;
    stack = new SmallStack(cloud.endpoint, `small-${stacks}`);
    said = [];
  });

  const dynamoDB = (): DynamoDBClient => new DynamoDBClient(localClient(cloud.endpoint));
  const recover = (wishes: { yes?: boolean; skip?: string[]; retain?: string[] } = {}): Promise<Recovery> =>
    recoverStage(stack.connection, {
      ...{ yes: true, skip: [], retain: [], ...wishes },
      step: async (title, work) => {
        said.push(title);
        await work();
      },
      onEvent: (line) => said.push(line),
    });

  it('not there: says how to deploy it', async () => {
    const recovery = await recover();

    expect(recovery).toMatchObject({ done: [], open: [] });
    expect(describeRecovery(recovery)).toContain('there is no such stack.\n\nDeploy: npm run deploy -- --stage local.');
  });

  it('whole: says that nothing is to be done', async () => {
    await stack.create({ Queue: queue(30) });
    await stack.reaches('CREATE_COMPLETE');

    expect(describeRecovery(await recover())).toContain('Nothing is to be done: what runs is what the stack says.');
    expect(said).toEqual([]);
  });

  it('being changed: waits, tells of what is changed, and looks again', async () => {
    await stack.create({ Gate: gate() });
    const waiting = recover({ yes: false });
    await eventually(
      () => Promise.resolve(said),
      (it) => it.includes('Gate CREATE_IN_PROGRESS'),
    );
    await stack.signal('Gate', 'SUCCESS');
    const recovery = await waiting;

    expect(recovery).toMatchObject({ situation: { status: 'CREATE_COMPLETE' }, open: [] });
    expect(said).toContain(`Wait until CloudFormation is done with small-${stacks}`);
    expect(said).toContain('Gate CREATE_IN_PROGRESS');
  });

  it('prepared and never made: deletes it, after it has been asked to', async () => {
    await stack.prepare({ Queue: queue(30) });
    const looked = await recover({ yes: false });
    const before = await stack.state();
    const recovery = await recover();

    expect(looked.open.map(({ act }) => act)).toEqual(['deleteStack']);
    expect(describeRecovery(looked)).toContain(
      'Nothing was changed. To do it: npm run aviary -- recover --stage local --yes.',
    );
    expect(before).toBe('REVIEW_IN_PROGRESS');
    expect(recovery).toMatchObject({ open: [], kept: [] });
    await expect(stack.state()).resolves.toBeUndefined();
  });

  it('rolled back from its first deploy: deletes it, and names what stays with its data', async () => {
    await stack.create({ Table: table('kept'), Queue: queue(30), Impossible: impossible('Table', 'Queue') });
    await stack.reaches('ROLLBACK_COMPLETE');
    const recovery = await recover();

    expect(recovery).toMatchObject({ open: [], kept: [{ id: 'kept', type: 'AWS::DynamoDB::Table' }] });
    expect(describeRecovery(recovery)).toContain('fails where a name is taken');
    await expect(stack.state()).resolves.toBeUndefined();
  });

  it('left half made by a first deploy: deletes it', async () => {
    await stack.create({ Queue: queue(30), Impossible: impossible('Queue') }, { DisableRollback: true });
    await stack.reaches('CREATE_FAILED');
    await recover();

    await expect(stack.state()).resolves.toBeUndefined();
  });

  it('left half updated: takes the update back', async () => {
    await stack.create({ Queue: queue(30) });
    await stack.reaches('CREATE_COMPLETE');
    await stack.update({ Queue: queue(40), Impossible: impossible('Queue') }, { DisableRollback: true });
    await stack.reaches('UPDATE_FAILED');
    const recovery = await recover();

    expect(recovery).toMatchObject({ situation: { status: 'UPDATE_ROLLBACK_COMPLETE' }, open: [] });
  });

  describe('stuck in taking back an update', () => {
    beforeEach(async () => {
      const name = `table-${stacks}`;
      await stack.create({ Table: table(name) });
      await stack.reaches('CREATE_COMPLETE');
      await stack.update({ Table: table(name, true), Gate: gate('Table') });
      await stack.tells(/^Gate .*_IN_PROGRESS$/);
      // By hand, so that taking the update back finds no index to take out.
      const GlobalSecondaryIndexUpdates = [{ Delete: { IndexName: 'bySk' } }];
      await dynamoDB().send(new UpdateTableCommand({ TableName: name, GlobalSecondaryIndexUpdates }));
      await stack.signal('Gate', 'FAILURE');
      await stack.reaches('UPDATE_ROLLBACK_FAILED');
    });

    it('tries once more, then says what failed, why, and how to leave it', async () => {
      const recovery = await recover();

      expect(recovery.situation.failed).toEqual([
        { id: 'Table', type: 'AWS::DynamoDB::Table', reason: expect.stringMatching(/index/i) as string },
      ]);
      expect(recovery.open).toMatchObject([{ act: 'continueRollback' }]);
      expect(describeRecovery(recovery)).toContain('recover --stage local --yes --skip Table.');
    });

    it('goes on without what it is told to leave', async () => {
      const recovery = await recover({ skip: ['Table'] });

      expect(recovery).toMatchObject({ situation: { status: 'UPDATE_ROLLBACK_COMPLETE' }, open: [] });
      expect(said[0]).toContain('leaving Table as it is');
    });

    it('says what CloudFormation refuses to leave', async () => {
      expect((await rejectionOf(recover({ skip: ['Users'] }))).problem).toContain('CloudFormation refused it: ');
      await expect(stack.state()).resolves.toBe('UPDATE_ROLLBACK_FAILED');
    });
  });

  it('not to be deleted: says what keeps it, and leaves that in the account when it is told to', async () => {
    await stack.create({ Network: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } } });
    await stack.reaches('CREATE_COMPLETE');
    await makeSubnet(cloud.endpoint, await stack.idOf('Network'));
    await stack.delete();
    await stack.reaches('DELETE_FAILED');
    const first = await recover();
    const second = await recover({ retain: ['Network'] });

    expect(first.situation.failed).toMatchObject([{ id: 'Network' }]);
    expect(describeRecovery(first)).toContain('recover --stage local --yes --retain Network.');
    expect(second).toMatchObject({ open: [], kept: [{ type: 'AWS::EC2::VPC' }] });
    await expect(stack.state()).resolves.toBeUndefined();
  });
});
