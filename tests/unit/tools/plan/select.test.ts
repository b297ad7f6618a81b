import { makePlan } from '../../../../tools/plan/plan.ts';
import { selectAll, selectOnly } from '../../../../tools/plan/select.ts';
import type { Tree } from '../../../../tools/tree/tree.ts';
import { deployed, type ModelStack } from '../../../support/engine/stack-model.ts';
import { aBlock, aFunction, aLayer, aTree } from '../../../support/engine/a-tree.ts';
import { failureOf } from '../../../support/engine/failure-of.ts';

const layers = ['SharedLayer'];
const tableName = { Environment: { Variables: { TABLE: { Ref: 'Table' } } } };
const users = aFunction({ name: 'users', layers, properties: tableName, attributes: { DependsOn: ['Grant'] } });
const hook = aFunction({ name: 'hook' });
const health = aFunction({
  name: 'health',
  attributes: { DependsOn: 'Grant' },
  properties: { Hooks: { PreTraffic: { Ref: 'Hook' } }, Uri: { 'Fn::Sub': '${Queue.Arn}/x' } },
});
const tree = aTree({
  functions: [users, hook, health],
  layers: [aLayer(), aLayer({ name: 'dependencies' })],
  resources: [
    aBlock('Table', { Type: 'AWS::DynamoDB::Table', Properties: { Key: { 'Fn::GetAtt': ['Key', 'Arn'] } } }),
    aBlock('Key', { Type: 'AWS::KMS::Key', DependsOn: 'Role' }),
    aBlock('Role', { Type: 'AWS::IAM::Role', Properties: { Back: { Ref: 'Table' } } }),
    aBlock('Grant', { Type: 'AWS::IAM::Policy' }),
    aBlock('Queue'),
    aBlock('Other'),
  ],
  outputs: [aBlock('Url', { Value: { Ref: 'Queue' } })],
  parameters: { App: 'aviary' },
});
const select = (names: readonly string[] | undefined, wanted: Tree = tree, on?: ModelStack): string[] => {
  const plan = makePlan(wanted, on?.record);
  return [...(names ? selectOnly(names, wanted, on?.record, plan) : selectAll(wanted, on?.record, plan))].sort();
};

describe('selectAll', () => {
  it('takes everything that is new', () => {
    expect(select(undefined)).toHaveLength(3 + 2 + 6 + 1);
  });

  it('takes nothing where nothing differs', () => {
    expect(select(undefined, tree, deployed(tree))).toEqual([]);
  });

  it('takes what is changed, removed, and a parameter', () => {
    const after = aTree({
      ...tree,
      functions: [aFunction({ name: 'users', text: '2', layers, properties: tableName }), hook],
      resources: [...tree.resources.slice(1)],
      parameters: { App: 'other' },
    });

    expect(select(undefined, after, deployed(tree))).toEqual(['App', 'Health', 'Table', 'Users']);
  });
});

describe('selectOnly', () => {
  it('takes a function with all that it refers to, through others too, and DependsOn', () => {
    expect(select(['users'])).toEqual(['Grant', 'Key', 'Role', 'SharedLayer', 'Table', 'Users'].sort());
  });

  it('takes of what it refers to only what differs', () => {
    const after = aTree({
      ...tree,
      functions: [aFunction({ name: 'users', text: '2', layers, properties: tableName }), hook, health],
      resources: tree.resources.map((it) => (it.logicalId === 'Role' ? aBlock('Role') : it)),
    });

    expect(select(['users'], after, deployed(tree))).toEqual(['Role', 'Users']);
  });

  it('leaves another function that is referred to as it is deployed', () => {
    const after = aTree({
      ...tree,
      functions: [users, aFunction({ name: 'hook', text: '2' }), { ...health, release: 'other' }],
    });

    expect(select(['health'], after, deployed(tree))).toEqual(['Health']);
  });

  it('takes another function along that is referred to and not deployed yet', () => {
    const before = deployed(aTree({ ...tree, functions: [users] }));

    expect(select(['health'], tree, before)).toEqual(['Health', 'Hook']);
    expect(select(['health'])).toEqual(['Grant', 'Health', 'Hook', 'Queue']);
  });

  it.each([
    ['a layer by its folder', 'shared', ['SharedLayer']],
    ['a function by its logical id', 'Hook', ['Hook']],
    ['an output, with nothing else', 'Url', ['Outputs.Url']],
    ['a resource with what it refers to', 'Key', ['Key', 'Role', 'Table']],
  ])('takes %s', (_name, name, expected) => {
    expect(select([name])).toEqual(expected);
  });

  it('takes a function before a resource of its name', () => {
    const both = aTree({
      functions: [aFunction({ name: 'queue', logicalId: 'Worker' })],
      resources: [aBlock('queue')],
    });

    expect(select(['queue'], both)).toEqual(['Worker']);
  });

  it('takes several', () => {
    expect(select(['hook', 'Other'])).toEqual(['Hook', 'Other']);
  });

  it('takes a function that is to go', () => {
    expect(select(['health'], aTree({ ...tree, functions: [users, hook] }), deployed(tree))).toEqual(['Health']);
  });

  it('takes nothing where what was asked for does not differ', () => {
    const after = aTree({ ...tree, functions: [users, aFunction({ name: 'hook', text: '2' }), health] });

    expect(select(['users'], after, deployed(tree))).toEqual([]);
  });

  it('publishes no layer where the function that was asked for does not move', () => {
    const sharing = (respond: string): Tree => {
      const other = aFunction({ name: 'other', shared: { respond }, layers });
      return aTree({
        functions: [aFunction({ name: 'users', layers }), other],
        layers: [aLayer({ modules: { respond } })],
      });
    };

    expect(select(['users'], sharing('2'), deployed(sharing('1')))).toEqual([]);
    expect(select(['other'], sharing('2'), deployed(sharing('1')))).toEqual(['Other', 'SharedLayer']);
  });

  it('names the nearest to a name that there is none of', () => {
    const failure = failureOf(() => select(['usres']));

    expect(failure.problem).toBe('There is no function usres.');
    expect(failure.next).toContain('Did you mean users?');
  });

  it('names one that is only deployed', () => {
    const failure = failureOf(() => select(['healht'], aTree({ ...tree, functions: [users] }), deployed(tree)));

    expect(failure.next).toContain('Did you mean health?');
  });
});
