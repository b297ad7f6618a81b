import { objectAt, type Json, type JsonObject } from '../../../../tools/lib/json.ts';
import { makePlan, type PlanOptions } from '../../../../tools/plan/plan.ts';
import { selectAll, selectOnly } from '../../../../tools/plan/select.ts';
import type { Tree } from '../../../../tools/tree/tree.ts';
import { composed, deployed, take, type ModelStack } from '../../../support/engine/stack-model.ts';
import { aBlock, aCommit, aFunction, aLayer, aNestedStack, aTree } from '../../../support/engine/a-tree.ts';

const layers = ['SharedLayer'];
const sharedOf = (respond = '1'): ReturnType<typeof aLayer> => aLayer({ modules: { respond, table: '1' } });
const usersOf = (text = '1', respond = '1'): ReturnType<typeof aFunction> =>
  aFunction({ name: 'users', text, shared: { respond }, layers });
const healthOf = (text = '1'): ReturnType<typeof aFunction> =>
  aFunction({ name: 'health', text, shared: { table: '1' }, layers });
const tree = aTree({
  functions: [usersOf(), healthOf()],
  layers: [sharedOf()],
  resources: [aNestedStack('Data', 'infra/data.yaml', '1'), aBlock('Queue')],
  outputs: [aBlock('Url', { Value: 'a' })],
  parameters: { App: 'aviary' },
});
const stack = deployed(tree);

const compose = (changed: Partial<Tree>, options: PlanOptions = {}, on: ModelStack = stack): JsonObject => {
  const wanted = aTree({ ...tree, ...changed });
  const plan = makePlan(wanted, on.record, { uniform: options.uniform ?? false });
  const selection = options.only
    ? selectOnly(options.only, wanted, on.record, plan)
    : selectAll(wanted, on.record, plan);
  return composed(wanted, on, selection);
};
const first = (changed: Partial<Tree>, { only }: PlanOptions = {}): JsonObject => {
  const wanted = aTree(changed);
  const plan = makePlan(wanted, undefined);
  const selection = only ? selectOnly(only, wanted, undefined, plan) : selectAll(wanted, undefined, plan);
  return composed(wanted, undefined, selection);
};
const resource = (template: JsonObject, id: string): JsonObject => objectAt(objectAt(template, 'Resources'), id);
const property = (template: JsonObject, id: string, name: string): Json | undefined =>
  objectAt(resource(template, id), 'Properties')[name];
const ids = (template: JsonObject, section = 'Resources'): string[] => Object.keys(objectAt(template, section)).sort();
const own = (template: JsonObject): JsonObject => objectAt(objectAt(template, 'Metadata'), 'Aviary');

describe('compose for a first deploy', () => {
  it('points functions and layers at their source, seen from the composed template', () => {
    const template = first(tree);

    expect(property(template, 'Users', 'CodeUri')).toBe('../../../functions/users/');
    expect(property(template, 'SharedLayer', 'ContentUri')).toBe('../../../layers/shared/');
    expect(property(template, 'Data', 'TemplateURL')).toBe('../../../infra/data.yaml');
  });

  it('has every part, and refers to the layers', () => {
    const template = first(tree);

    expect(ids(template)).toEqual(['Data', 'Health', 'Queue', 'SharedLayer', 'Users']);
    expect(ids(template, 'Outputs')).toEqual(['Url']);
    expect(property(template, 'Users', 'Layers')).toEqual([{ Ref: 'SharedLayer' }]);
  });

  it('leaves out what was not asked for', () => {
    const template = first(tree, { only: ['users'] });

    expect(ids(template)).toEqual(['SharedLayer', 'Users']);
    expect(own(template)).toMatchObject({ parameters: { App: 'aviary' }, resources: {}, outputs: {} });
  });

  it('has the head of the tree and the record', () => {
    const template = first({ ...tree, head: { Transform: 'T', Description: 'D' }, stage: 'staging' });

    expect(template).toMatchObject({ Transform: 'T', Description: 'D' });
    expect(own(template)).toMatchObject({ version: 1, stage: 'staging', commit: aCommit() });
  });
});

describe('compose for a function that stays', () => {
  it('takes it verbatim from what is deployed', () => {
    const template = compose({ functions: [usersOf('2'), healthOf()] });

    expect(resource(template, 'Health')).toEqual(resource(stack.template, 'Health'));
    expect(property(template, 'Health', 'CodeUri')).toBe(`s3://bucket/${healthOf().code}`);
    expect(property(template, 'Users', 'CodeUri')).toBe('../../../functions/users/');
  });

  it('takes it verbatim although it changed, where it was not asked for', () => {
    const template = compose({ functions: [usersOf('2'), healthOf('2')] }, { only: ['users'] });

    expect(resource(template, 'Health')).toEqual(resource(stack.template, 'Health'));
    expect(property(template, 'Users', 'AutoPublishCodeSha256')).toBe(usersOf('2').release);
  });

  it('leaves its reference to a layer that is not published again', () => {
    const template = compose({ functions: [usersOf('2'), healthOf()] });

    expect(property(template, 'Health', 'Layers')).toEqual([{ Ref: 'SharedLayer' }]);
  });

  it('pins it to its version of a layer that is published again', () => {
    const template = compose({ functions: [usersOf('1', '2'), healthOf()], layers: [sharedOf('2')] });

    expect(property(template, 'Health', 'Layers')).toEqual([stack.layerArns['SharedLayer']]);
    expect(property(template, 'Users', 'Layers')).toEqual([{ Ref: 'SharedLayer' }]);
    expect(property(template, 'SharedLayer', 'ContentUri')).toBe('../../../layers/shared/');
  });

  it('keeps it pinned to the version that it has, when the layer is published once more', () => {
    const second = deployed(
      aTree({ ...tree, functions: [usersOf('1', '2'), healthOf()], layers: [sharedOf('2')] }),
      stack,
    );

    const template = compose({ functions: [usersOf('1', '3'), healthOf()], layers: [sharedOf('3')] }, {}, second);

    expect(property(template, 'Health', 'Layers')).toEqual([stack.layerArns['SharedLayer']]);
  });

  it('pins it to its version of a layer that goes, or has gone', () => {
    const gone = { functions: [aFunction({ name: 'users' }), aFunction({ name: 'health' })], layers: [] };

    expect(property(compose(gone, { only: ['users', 'shared'] }), 'Health', 'Layers')).toEqual([
      stack.layerArns['SharedLayer'],
    ]);
    expect(property(compose(gone, { only: ['users'] }), 'Health', 'Layers')).toEqual([stack.layerArns['SharedLayer']]);
  });

  it('leaves a layer alone that the function names by an ARN itself', () => {
    const arn = 'arn:aws:lambda:eu-west-1:1:layer:insights:1';
    const withArn = (name: string, respond: string): ReturnType<typeof aFunction> => {
      const it = aFunction({ name, shared: { respond }, layers });
      const Properties = { ...(it.block['Properties'] as JsonObject), Layers: [arn, { Ref: 'SharedLayer' }] };
      return { ...it, block: { ...it.block, Properties } };
    };
    const before = deployed(aTree({ functions: [withArn('health', '1'), usersOf()], layers: [sharedOf()] }));
    const after = { functions: [withArn('health', '1'), usersOf('1', '2')], layers: [sharedOf('2')] };

    const template = compose(after, { only: ['users'] }, before);

    expect(property(template, 'Health', 'Layers')).toEqual([arn, before.layerArns['SharedLayer']]);
  });

  it('stays although it is not in the tree any more, until it is asked to go', () => {
    expect(ids(compose({ functions: [usersOf('2')] }, { only: ['users'] }))).toContain('Health');
    expect(ids(compose({ functions: [usersOf('2')] }, { only: ['health'] }))).not.toContain('Health');
    expect(ids(compose({ functions: [usersOf('2')] }))).not.toContain('Health');
  });
});

describe('compose for a function that moves', () => {
  it('publishes by its release', () => {
    expect(property(compose({ functions: [usersOf('2'), healthOf()] }), 'Users', 'AutoPublishCodeSha256')).toBe(
      usersOf('2').release,
    );
  });

  it('publishes the same release again, under another mark, where it moves to another version of its layers', () => {
    const moved = { functions: [usersOf('1', '2'), healthOf()], layers: [sharedOf('2')] };
    const behind = deployed(aTree({ ...tree, ...moved }), stack);

    const template = compose(moved, { uniform: true }, behind);

    expect(property(template, 'Health', 'Layers')).toEqual([{ Ref: 'SharedLayer' }]);
    expect(property(template, 'Health', 'AutoPublishCodeSha256')).not.toBe(healthOf().release);
    expect(objectAt(objectAt(resource(template, 'Health'), 'Metadata'), 'Aviary')['release']).toBe(healthOf().release);
    expect(resource(template, 'Users')).toEqual(resource(behind.template, 'Users'));
  });

  it('has another mark for each version of the layers that it moves to', () => {
    const marks = ['2', '3'].map((respond) => {
      const moved = { functions: [usersOf('1', respond), healthOf()], layers: [sharedOf(respond)] };
      const behind = deployed(aTree({ ...tree, ...moved }), stack);
      return property(compose(moved, { uniform: true }, behind), 'Health', 'AutoPublishCodeSha256');
    });

    expect(marks[0]).not.toBe(marks[1]);
  });

  it('has another mark where an edit was taken back, and the layer that it had is published again', () => {
    const at = (respond: string): Parameters<typeof compose>[0] => ({
      functions: [usersOf('1', respond), healthOf()],
      layers: [sharedOf(respond)],
    });
    const had = deployed(aTree({ ...tree, ...at('2') }), stack, { uniform: true });
    const behind = deployed(aTree({ ...tree, ...at('3') }), had);
    const back = deployed(aTree({ ...tree, ...at('2') }), behind);

    const again = compose(at('2'), { uniform: true }, back);

    expect(property(back.template, 'Health', 'Layers')).toEqual([had.layerArns['SharedLayer']]);
    expect(property(again, 'Health', 'Layers')).toEqual([{ Ref: 'SharedLayer' }]);
    expect(property(again, 'Health', 'AutoPublishCodeSha256')).not.toBe(
      property(had.template, 'Health', 'AutoPublishCodeSha256'),
    );
  });
});

describe('compose for other parts', () => {
  const changed = {
    functions: [usersOf('2'), healthOf()],
    resources: [
      aNestedStack('Data', 'infra/data.yaml', '2'),
      aBlock('Queue', { Type: 'AWS::SQS::Queue' }),
      aBlock('Topic'),
    ],
    outputs: [aBlock('Url', { Value: 'b' }), aBlock('Id', { Value: 1 })],
    parameters: { App: 'other', Days: 1 },
    commit: aCommit('b'),
  };

  it('takes what was not asked for verbatim from what is deployed, and its record', () => {
    const template = compose(changed, { only: ['users'] });

    expect(resource(template, 'Queue')).toEqual(resource(stack.template, 'Queue'));
    expect(property(template, 'Data', 'TemplateURL')).toMatch(/^https:/);
    expect(ids(template)).not.toContain('Topic');
    expect(template['Outputs']).toEqual({ Url: { Value: 'a' } });
    expect(own(template)).toEqual({ ...own(stack.template), commit: aCommit('b') });
  });

  it('takes what was asked for from the tree, and its record', () => {
    const template = compose(changed, { only: ['Queue', 'Url', 'Days'] });

    expect(resource(template, 'Queue')).toEqual({ Type: 'AWS::SQS::Queue' });
    expect(template['Outputs']).toEqual({ Url: { Value: 'b' } });
    expect(own(template)).toMatchObject({ parameters: { App: 'aviary', Days: 1 } });
    expect(objectAt(own(template), 'resources')).toMatchObject({
      Queue: { hash: changed.resources[1]?.hash },
      Data: { hash: tree.resources[0]?.hash },
    });
    expect(resource(template, 'Users')).toEqual(resource(stack.template, 'Users'));
  });

  it('takes lists, numbers and nothing as they stand in the tree', () => {
    const Properties = { List: ['a', 1, { Of: ['b'] }], Number: 2, Truth: false, Nothing: null };
    const template = compose({ resources: [aBlock('Queue', { Type: 'AWS::SQS::Queue', Properties })] });

    expect(resource(template, 'Queue')['Properties']).toEqual(Properties);
  });

  it('points at the source of a nested stack that changed', () => {
    const template = compose(changed, { only: ['Data'] });

    expect(property(template, 'Data', 'TemplateURL')).toBe('../../../infra/data.yaml');
  });

  it('drops what left the tree only when it is asked to', () => {
    const less = { functions: [usersOf('2'), healthOf()], resources: [], outputs: [], parameters: {} };

    const some = compose(less, { only: ['users', 'Queue'] });

    expect(ids(some)).toEqual(['Data', 'Health', 'SharedLayer', 'Users']);
    expect(ids(some, 'Outputs')).toEqual(['Url']);
    expect(own(some)).toMatchObject({ parameters: { App: 'aviary' } });
    expect(Object.keys(objectAt(own(some), 'resources'))).toEqual(['Data']);
    const all = compose(less);
    expect(ids(all)).toEqual(['Health', 'SharedLayer', 'Users']);
    expect(own(all)).toMatchObject({ parameters: {}, resources: {}, outputs: {} });
  });

  it('takes no function along for an output of its name', () => {
    const outputs = [aBlock('Health', { Value: { 'Fn::GetAtt': ['Health', 'Arn'] } })];

    const template = compose({ outputs });

    expect(resource(template, 'Health')).toEqual(resource(stack.template, 'Health'));
    expect(ids(template, 'Outputs')).toEqual(['Health']);
  });

  it('drops an output of the name of a function and keeps the function', () => {
    const before = deployed(aTree({ ...tree, outputs: [aBlock('Health', { Value: 'a' })] }));

    const template = compose({ outputs: [] }, {}, before);

    expect(ids(template)).toContain('Health');
    expect(ids(template, 'Outputs')).toEqual([]);
  });
});

describe('a composed template', () => {
  it('is taken by the stack, and then there is nothing to do', () => {
    const wanted = aTree({ ...tree, functions: [usersOf('2', '2'), healthOf()], layers: [sharedOf('2')] });

    const after = deployed(wanted, stack);

    expect(makePlan(wanted, after.record).items.filter(({ change }) => change !== 'unchanged')).toEqual([]);
    expect([after.functions['Users']?.version, after.functions['Health']?.version]).toEqual([2, 1]);
  });

  it('would not be taken by the model if a changed function had no new mark', () => {
    const wanted = aTree({ ...tree, functions: [usersOf('2'), healthOf()] });
    const template = compose({ functions: wanted.functions });
    const Users = resource(template, 'Users');
    const AutoPublishCodeSha256 = usersOf().release;
    const broken = { ...Users, Properties: { ...(Users['Properties'] as JsonObject), AutoPublishCodeSha256 } };
    const Resources = { ...(template['Resources'] as JsonObject), Users: broken };

    expect(() => take({ ...template, Resources }, wanted, stack)).toThrow('publishes no version');
  });
});
