import { mergeGlobals } from '../../../../tools/template/merge-globals.ts';
import type { Json, JsonObject } from '../../../../tools/lib/json.ts';

const merged = (global: JsonObject, local: JsonObject): Json | undefined =>
  mergeGlobals({ Type: 'AWS::Serverless::Function', Properties: local }, { Function: global })['Properties'];

describe('mergeGlobals', () => {
  it('gives a resource what it does not say itself', () => {
    expect(merged({ Timeout: 30, Runtime: 'nodejs24.x' }, { Runtime: 'nodejs22.x', Handler: 'a.b' })).toEqual({
      Timeout: 30,
      Runtime: 'nodejs22.x',
      Handler: 'a.b',
    });
  });

  it('merges maps at every depth', () => {
    const global = { Environment: { Variables: { A: 'global', B: 'global' } } };
    const local = { Environment: { Variables: { B: 'own', C: 'own' } } };

    expect(merged(global, local)).toEqual({ Environment: { Variables: { A: 'global', B: 'own', C: 'own' } } });
  });

  it('concatenates lists, the global items first', () => {
    expect(merged({ Layers: ['g1', 'g2'] }, { Layers: ['own', 'g1'] })).toEqual({ Layers: ['g1', 'g2', 'own', 'g1'] });
  });

  it.each([
    ['a scalar', 256, 512],
    ['an empty text', 'text', ''],
    ['false', true, false],
    ['a list in place of a scalar', 'x86_64', ['arm64']],
    ['a scalar in place of a list', ['arm64'], 'x86_64'],
    ['a map in place of a scalar', 'x', { a: 1 }],
    ['a scalar in place of a map', { a: 1 }, 'x'],
    ['an intrinsic in place of a map', { a: 1 }, { Ref: 'X' }],
    ['a map in place of an intrinsic', { 'Fn::If': ['A', {}, {}] }, { a: 1 }],
    ['one intrinsic in place of another', { Ref: 'X' }, { Ref: 'Y' }],
  ])('takes the own value: %s', (_name, global, local) => {
    expect(merged({ P: global }, { P: local })).toEqual({ P: local });
  });

  it('merges a map of two keys although one has the name of an intrinsic', () => {
    expect(merged({ P: { Ref: 'X', a: 1 } }, { P: { b: 2 } })).toEqual({ P: { Ref: 'X', a: 1, b: 2 } });
  });

  it.each([
    ['AWS::Serverless::Function', 'Function'],
    ['AWS::Serverless::Api', 'Api'],
    ['AWS::Serverless::HttpApi', 'HttpApi'],
    ['AWS::Serverless::SimpleTable', 'SimpleTable'],
    ['AWS::Serverless::StateMachine', 'StateMachine'],
    ['AWS::Serverless::LayerVersion', 'LayerVersion'],
    ['AWS::Serverless::CapacityProvider', 'CapacityProvider'],
  ])('gives %s the section %s', (Type, section) => {
    expect(mergeGlobals({ Type }, { [section]: { A: 1 } })).toEqual({ Type, Properties: { A: 1 } });
  });

  it('leaves other resources as they are', () => {
    const queue = { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'a' } };

    expect(mergeGlobals(queue, { Function: { Timeout: 1 }, Queue: { A: 1 } })).toEqual(queue);
  });

  it('leaves a function as it is where there are no globals for functions', () => {
    expect(mergeGlobals({ Type: 'AWS::Serverless::Function' }, { Api: { A: 1 } })).toEqual({
      Type: 'AWS::Serverless::Function',
    });
  });

  it('leaves out all or some where the resource says so, and the word itself', () => {
    const block = (ignored: Json): JsonObject => ({ Type: 'AWS::Serverless::Function', IgnoreGlobals: ignored });
    const globals = { Function: { Timeout: 30, Tracing: 'Active' } };

    expect(mergeGlobals(block('*'), globals)).toEqual({ Type: 'AWS::Serverless::Function' });
    expect(mergeGlobals(block(['Timeout']), globals)).toEqual({
      Type: 'AWS::Serverless::Function',
      Properties: { Tracing: 'Active' },
    });
  });
});
