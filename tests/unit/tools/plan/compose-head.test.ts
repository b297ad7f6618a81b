import type { JsonObject } from '../../../../tools/lib/json.ts';
import { makePlan } from '../../../../tools/plan/plan.ts';
import { selectAll, selectOnly } from '../../../../tools/plan/select.ts';
import type { Tree } from '../../../../tools/tree/tree.ts';
import { composed, deployed, type ModelStack } from '../../../support/engine/stack-model.ts';
import { aBlock, aFunction, aLayer, aTree } from '../../../support/engine/a-tree.ts';

const layers = ['SharedLayer'];
const tree = aTree({ layers: [aLayer()] });
const usersOf = (text = '1'): ReturnType<typeof aFunction> => aFunction({ name: 'users', text, layers });

function compose(changed: Partial<Tree>, { only }: { only?: readonly string[] }, on: ModelStack): JsonObject {
  const wanted = aTree({ ...tree, ...changed });
  const plan = makePlan(wanted, on.record);
  const selection = only ? selectOnly(only, wanted, on.record, plan) : selectAll(wanted, on.record, plan);
  return composed(wanted, on, selection);
}

describe('compose, for what only CloudFormation can resolve,', () => {
  const secret = { Type: 'String', NoEcho: true };
  const open = { 'Fn::Equals': [{ Ref: 'Region' }, 'x'] };
  const head = {
    ...tree.head,
    Parameters: { Secret: secret, Region: { Type: 'AWS::SSM::Parameter::Value<String>' }, Unused: secret },
    Conditions: { InX: open },
  };
  const withSecret = (Variables: JsonObject, attributes: JsonObject = {}): ReturnType<typeof aFunction> =>
    aFunction({ name: 'health', properties: { Environment: { Variables } }, attributes });
  const compare = (health: ReturnType<typeof aFunction>, outputs: Tree['outputs'] = []): JsonObject => {
    const before = deployed(aTree({ head, functions: [usersOf(), health], layers: tree.layers, outputs }));
    return compose(
      { functions: [usersOf('2'), aFunction({ name: 'health' })], resources: [], outputs: [], parameters: {} },
      { only: ['users'] },
      before,
    );
  };

  it.each<[string, JsonObject]>([
    ['a Ref', { A: { Ref: 'Secret' } }],
    ['a Sub', { A: { 'Fn::Sub': 'x-${Secret}' } }],
  ])('keeps a parameter that left the tree, where a function that stays speaks of it by %s', (_name, variables) => {
    expect(compare(withSecret(variables))['Parameters']).toEqual({ Secret: secret });
  });

  it('keeps a condition that left the tree, and the parameter that it speaks of', () => {
    const template = compare(withSecret({}, { Condition: 'InX' }));

    expect(template['Conditions']).toEqual({ InX: open });
    expect(Object.keys(template['Parameters'] as JsonObject)).toEqual(['Region']);
  });

  it('keeps what an output that stays speaks of', () => {
    const template = compare(withSecret({}), [aBlock('Out', { Condition: 'InX', Value: { Ref: 'Secret' } })]);

    expect(template['Conditions']).toEqual({ InX: open });
    expect(Object.keys(template['Parameters'] as JsonObject).sort()).toEqual(['Region', 'Secret']);
  });

  it('keeps nothing that no block speaks of any more', () => {
    const template = compare(withSecret({}));

    expect(template).not.toHaveProperty('Parameters');
    expect(template).not.toHaveProperty('Conditions');
  });

  it('takes those that are in the tree from the tree', () => {
    const before = deployed(aTree({ head, functions: [usersOf()], layers: tree.layers }));
    const newer = { ...head, Parameters: { Secret: { ...secret, Description: 'new' } }, Conditions: {} };

    const template = compose({ head: newer, functions: [usersOf('2')], resources: [], outputs: [] }, {}, before);

    expect(template['Parameters']).toEqual({ Secret: { ...secret, Description: 'new' } });
  });
});
