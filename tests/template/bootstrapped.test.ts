import { join } from 'node:path';
import { objectAt, stringAt } from '../../tools/lib/json.ts';
import { readTemplate } from '../../tools/template/read-template.ts';
import { resolveTemplate } from '../../tools/template/resolve-template.ts';
import { repository as root } from '../support/cloud.ts';

const template = readTemplate(join(root, 'template.yaml'));
const resources = (Bootstrapped: string, Stage = 'staging'): [string, ReturnType<typeof objectAt>][] =>
  Object.entries(resolveTemplate(template, { Stage, Bootstrapped }).resources).map(([id, block]) => [id, block]);
const functions = (bootstrapped: string, stage?: string): [string, ReturnType<typeof objectAt>][] =>
  resources(bootstrapped, stage)
    .filter(([, block]) => stringAt(block, 'Type') === 'AWS::Serverless::Function')
    .map(([id, block]) => [id, objectAt(block, 'Properties')]);

test('in a bootstrapped stage every function has the boundary, and is deployed by the role of the stage', () => {
  const role = (kind: string): unknown => ({ 'Fn::Sub': `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:${kind}` });

  for (const stage of ['staging', 'production'])
    for (const [id, properties] of functions('true', stage)) {
      expect([id, properties['PermissionsBoundary']]).toEqual([id, role(`policy/aviary-boundary-${stage}`)]);
      // Nothing is deployed step by step of the hook.
      const own = id === 'TrafficHook' ? undefined : role(`role/aviary-codedeploy-${stage}`);
      expect([id, objectAt(properties, 'DeploymentPreference')['Role']]).toEqual([id, own]);
    }
});

test('every role that the stack itself makes has the boundary', () => {
  const without = resources('true').filter(
    ([, block]) =>
      stringAt(block, 'Type') === 'AWS::IAM::Role' &&
      objectAt(block, 'Properties')['PermissionsBoundary'] === undefined,
  );

  expect(without.map(([id]) => id)).toEqual([]);
});

test('in a stage that is not, there is no boundary, and the stack makes the role that deploys', () => {
  for (const [id, properties] of functions('false')) {
    const own = id === 'TrafficHook' ? undefined : { 'Fn::GetAtt': ['DeploymentRole', 'Arn'] };
    expect([id, properties['PermissionsBoundary']]).toEqual([id, undefined]);
    expect([id, objectAt(properties, 'DeploymentPreference')['Role']]).toEqual([id, own]);
  }
  const roles = (bootstrapped: string): boolean => resources(bootstrapped).some(([id]) => id === 'DeploymentRole');
  expect([roles('false'), roles('true')]).toEqual([true, false]);
});
