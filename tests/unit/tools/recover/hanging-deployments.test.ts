import { readHangingDeployments, stopDeployment } from '../../../../tools/recover/hanging-deployments.ts';
import type { Connection } from '../../../../tools/stack/connection.ts';
import type { StackResource } from '../../../../tools/stack/read-stack.ts';
import { fakeDeployments, type FakeDeployments } from '../../../support/runtime/fake-deployments.ts';
import { aStage } from '../../../support/engine/a-stage.ts';

const group = (physicalId: string): StackResource => ({
  logicalId: physicalId,
  physicalId,
  type: 'AWS::CodeDeploy::DeploymentGroup',
});
const application = { logicalId: 'App', physicalId: 'app', type: 'AWS::CodeDeploy::Application' };
const resources = [application, group('users'), group('orders')];

describe('deployments of CodeDeploy that hang', () => {
  let codeDeploy: FakeDeployments;
  let connection: Connection;
  beforeEach(async () => {
    codeDeploy = await fakeDeployments();
    const stage = aStage('staging');
    connection = { root: '/', stage, endpoint: codeDeploy.base };
  });
  afterEach(() => codeDeploy.close());

  it.each(['Created', 'Queued', 'InProgress', 'Baking', 'Ready'])('are found while they are %s', async (status) => {
    const id = codeDeploy.begin('orders', status);

    await expect(readHangingDeployments(connection, resources)).resolves.toEqual([{ id, group: 'orders' }]);
  });

  it.each(['Succeeded', 'Failed', 'Stopped'])('are over when they are %s', async (status) => {
    codeDeploy.begin('orders', status);

    await expect(readHangingDeployments(connection, resources)).resolves.toEqual([]);
  });

  it('are not asked for where a stack has none, as the local one', async () => {
    await codeDeploy.close();

    await expect(readHangingDeployments(connection, [])).resolves.toEqual([]);
  });

  it('are stopped, and have given the traffic back when that is done', async () => {
    const id = codeDeploy.begin('users', 'InProgress');
    await stopDeployment(connection, { id, group: 'users' });

    expect(codeDeploy.statusOf(id)).toBe('Stopped');
    expect(codeDeploy.rollbacks().map(codeDeploy.statusOf)).toEqual(['Succeeded']);
    await expect(readHangingDeployments(connection, resources)).resolves.toEqual([]);
  });

  it('are left as they are where they have ended meanwhile', async () => {
    const id = codeDeploy.begin('users', 'Succeeded');
    await stopDeployment(connection, { id, group: 'users' });

    expect(codeDeploy.statusOf(id)).toBe('Succeeded');
    expect(codeDeploy.rollbacks()).toEqual([]);
  });
});
