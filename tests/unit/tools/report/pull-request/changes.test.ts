import { countIndexChanges, indexChanges } from '../../../../../tools/report/pull-request/index-changes.ts';
import { countResources, environmentBytes } from '../../../../../tools/report/pull-request/limits.ts';
import { replacements } from '../../../../../tools/report/pull-request/replacements.ts';
import { trafficOf } from '../../../../../tools/report/pull-request/traffic.ts';
import { widenedRights } from '../../../../../tools/report/pull-request/widened-rights.ts';
import type { JsonObject } from '../../../../../tools/lib/json.ts';

const template = (type: string, properties: JsonObject): Record<string, JsonObject> => ({
  't.yaml': { Resources: { It: { Type: type, Properties: properties } } },
});

describe('index changes', () => {
  const table = (...indexes: [string, string][]): Record<string, JsonObject> =>
    template('AWS::DynamoDB::Table', {
      GlobalSecondaryIndexes: indexes.map(([IndexName, key]) => ({ IndexName, KeySchema: [key] })),
    });

  test.each([
    ['none', table(['a', 'x']), table(['a', 'x']), []],
    ['one added', table(['a', 'x']), table(['a', 'x'], ['b', 'x']), [1]],
    ['one for another', table(['a', 'x']), table(['b', 'x']), [2]],
    ['one with another key, which is made anew', table(['a', 'x']), table(['a', 'y']), [2]],
    ['a new table, which may have many', {}, table(['a', 'x'], ['b', 'x']), []],
  ])('%s', (_name, before, after, counts) => {
    expect(indexChanges(before, after).map(countIndexChanges)).toEqual(counts);
  });
});

describe('replacements', () => {
  const createOnly = { 'AWS::SQS::Queue': ['QueueName'] };

  test.each([
    ['a property that cannot be changed in place', { QueueName: 'b' }, [['QueueName']]],
    ['one that goes', {}, [['QueueName']]],
    ['one that can be changed', { QueueName: 'a', DelaySeconds: 1 }, []],
  ])('%s', (_name, properties, expected) => {
    const [before, after] = [template('AWS::SQS::Queue', { QueueName: 'a' }), template('AWS::SQS::Queue', properties)];

    expect(replacements(before, after, createOnly).map((it) => it.properties)).toEqual(expected);
  });

  test('name what is deleted, but not what each deploy makes anew', () => {
    const before = { 't.yaml': { Resources: { Q: { Type: 'AWS::SQS::Queue' }, V: { Type: 'AWS::Lambda::Version' } } } };

    expect(replacements(before, {}, {})).toEqual([{ where: 't.yaml Q', type: 'AWS::SQS::Queue', properties: [] }]);
  });
});

describe('widened rights', () => {
  const role = (...statements: JsonObject[]): Record<string, JsonObject> =>
    template('AWS::IAM::Role', { Policies: [{ PolicyDocument: { Statement: statements } }] });
  const allow = (Action: string | string[], Resource = 'r', more: JsonObject = {}): JsonObject => {
    return { Effect: 'Allow', Action, Resource, ...more };
  };

  test.each([
    ['an action more', role(allow(['a:X', 'a:Y'])), ['a:Y on r']],
    ['the same in another order and form', role(allow(['a:X'], 'r', { Sid: 'Named' })), []],
    ['another resource', role(allow('a:X'), allow('a:X', '*')), ['a:X on *']],
    ['a condition', role(allow('a:X', 'r', { Condition: { c: 'd' } })), ['a:X on r with {"Condition":{"c":"d"}}']],
    [
      'all but some',
      role({ Effect: 'Allow', NotAction: 'a:X', Resource: '*' }),
      ['actions on * with {"NotAction":"a:X"}'],
    ],
    ['a right less', role(), []],
  ])('%s', (_name, after, rights) => {
    expect(widenedRights(role(allow('a:X')), after).map(({ right }) => right)).toEqual(rights);
  });

  test('a refusal that goes', () => {
    const refusal = { Effect: 'Deny', Action: 'a:X', Resource: 'r' };

    expect(widenedRights(role(refusal), role())).toEqual([
      { where: 't.yaml It', right: 'no longer refused: a:X on r' },
    ]);
  });

  test('managed policies, who may assume a role, and who may invoke a function', () => {
    const after = {
      't.yaml': {
        Resources: {
          Role: {
            Type: 'AWS::IAM::Role',
            Properties: {
              ManagedPolicyArns: ['arn:admin'],
              AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: '*' }] },
            },
          },
          Invoke: { Type: 'AWS::Lambda::Permission', Properties: { Action: 'lambda:InvokeFunction', Principal: '*' } },
        },
      },
    };

    expect(widenedRights({}, after).map(({ right }) => right)).toEqual([
      'managed policy arn:admin',
      'sts:AssumeRole for *',
      'lambda:InvokeFunction for *',
    ]);
  });
});

test.each([
  ['Canary10Percent5Minutes', '10 % for 5 minutes, then all'],
  ['Linear10PercentEvery1Minute', '10 % more every 1 minute: 9 minutes'],
  ['AllAtOnce', 'all at once'],
  ['My-Own', 'My-Own'],
])('the traffic of %s is %s', (Type, words) => {
  expect(trafficOf({ Properties: { AutoPublishAlias: 'live', DeploymentPreference: { Type } } })).toBe(words);
});

test('an environment is measured in bytes of names and values', () => {
  expect(environmentBytes({ Properties: { Environment: { Variables: { A: 'é', B: 12 } } } })).toBe(6);
});

test('a loop counts as what it makes once', () => {
  const loop = ['Name', ['a', 'b'], { 'One${Name}': {}, 'Two${Name}': {} }];

  expect(countResources({ Resources: { Table: {}, 'Fn::ForEach::Each': loop } })).toBe(3);
});
