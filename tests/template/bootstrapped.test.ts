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
      expect([id, objectAt(properties, 'DeploymentPreference')['Role']]).toEqual([
        id,
        role(`role/aviary-codedeploy-${stage}`),
      ]);
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

test('in a stage that is not, neither is there', () => {
  const named = functions('false').flatMap(([, properties]) => [
    properties['PermissionsBoundary'],
    objectAt(properties, 'DeploymentPreference')['Role'],
  ]);

  expect(named.filter((value) => value !== undefined)).toEqual([]);
});
