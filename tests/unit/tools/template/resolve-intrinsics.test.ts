import { resolveConditions, resolveIntrinsics, type Known } from '../../../../tools/template/resolve-intrinsics.ts';
import type { Json } from '../../../../tools/lib/json.ts';

const known: Known = {
  parameters: { App: 'aviary', Stage: 'local', Count: 3, Names: ['a', 'b'], Empty: '' },
  mappings: { Stages: { local: { Level: 'DEBUG', Size: 256, Zones: ['x', 'y'] }, '404': { Level: 'none' } } },
  conditions: new Map([
    ['Yes', true],
    ['No', false],
  ]),
};
const resolved = (value: Json): Json => resolveIntrinsics(value, known);
const noValue = { Ref: 'AWS::NoValue' };

describe('resolveIntrinsics', () => {
  const cases: [string, Json, Json][] = [
    ['Ref of a parameter', { Ref: 'App' }, 'aviary'],
    ['Ref of a number', { Ref: 'Count' }, 3],
    ['Ref of a list', { Ref: 'Names' }, ['a', 'b']],
    ['Ref of an empty text', { Ref: 'Empty' }, ''],
    ['Ref of a resource', { Ref: 'Table' }, { Ref: 'Table' }],
    ['GetAtt', { 'Fn::GetAtt': ['Table', 'Arn'] }, { 'Fn::GetAtt': ['Table', 'Arn'] }],
    ['Condition that is known', { Condition: 'No' }, false],
    ['Condition that is open', { Condition: 'Open' }, { Condition: 'Open' }],

    ['FindInMap', { 'Fn::FindInMap': ['Stages', { Ref: 'Stage' }, 'Level'] }, 'DEBUG'],
    ['FindInMap of a list', { 'Fn::FindInMap': ['Stages', 'local', 'Zones'] }, ['x', 'y']],
    ['FindInMap by a number', { 'Fn::FindInMap': ['Stages', 404, 'Level'] }, 'none'],
    [
      'FindInMap by something open',
      { 'Fn::FindInMap': ['Stages', { Ref: 'AWS::Region' }, { Ref: 'App' }] },
      { 'Fn::FindInMap': ['Stages', { Ref: 'AWS::Region' }, 'aviary'] },
    ],

    ['If that holds', { 'Fn::If': ['Yes', { Ref: 'App' }, 'b'] }, 'aviary'],
    ['If that does not', { 'Fn::If': ['No', 'a', { Ref: 'Stage' }] }, 'local'],
    ['If of a map', { 'Fn::If': ['Yes', { Key: { Ref: 'App' } }, 'b'] }, { Key: 'aviary' }],
    ['If in an If', { 'Fn::If': ['Yes', { 'Fn::If': ['No', 1, 2] }, 3] }, 2],
    [
      'If that is open, its branches resolved',
      { 'Fn::If': ['Open', { Ref: 'App' }, { 'Fn::If': ['Yes', 1, 2] }] },
      { 'Fn::If': ['Open', 'aviary', 1] },
    ],
    [
      'If that is open keeps NoValue in a branch',
      { 'Fn::If': ['Open', 'a', { 'Fn::If': ['Open', 'b', 'c'] }] },
      { 'Fn::If': ['Open', 'a', { 'Fn::If': ['Open', 'b', 'c'] }] },
    ],

    ['Join', { 'Fn::Join': ['-', ['a', { Ref: 'App' }, { Ref: 'Count' }]] }, 'a-aviary-3'],
    ['Join of a list parameter', { 'Fn::Join': [',', { Ref: 'Names' }] }, 'a,b'],
    ['Join with nothing between', { 'Fn::Join': ['', ['a', 'b']] }, 'ab'],
    ['Join of nothing', { 'Fn::Join': ['-', []] }, ''],
    ['Join without what is NoValue', { 'Fn::Join': ['-', ['a', { 'Fn::If': ['No', 'b', noValue] }]] }, 'a'],
    [
      'Join of something open',
      { 'Fn::Join': ['-', [{ Ref: 'App' }, { Ref: 'Table' }]] },
      { 'Fn::Join': ['-', ['aviary', { Ref: 'Table' }]] },
    ],

    ['Select', { 'Fn::Select': [1, { Ref: 'Names' }] }, 'b'],
    ['Select by a text', { 'Fn::Select': ['0', ['x', 'y']] }, 'x'],
    ['Select of what Split gives', { 'Fn::Select': [2, { 'Fn::Split': ['.', 'a.b.c'] }] }, 'c'],
    [
      'Select out of something open',
      { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] },
      { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] },
    ],
    [
      'Select out of a list with something open',
      { 'Fn::Select': [0, [{ Ref: 'App' }, { Ref: 'Table' }]] },
      { 'Fn::Select': [0, ['aviary', { Ref: 'Table' }]] },
    ],
    ['Select beyond the end', { 'Fn::Select': [2, ['a', 'b']] }, { 'Fn::Select': [2, ['a', 'b']] }],

    ['Split', { 'Fn::Split': ['-', 'a-b'] }, ['a', 'b']],
    ['Split of something open', { 'Fn::Split': ['-', { Ref: 'T' }] }, { 'Fn::Split': ['-', { Ref: 'T' }] }],

    ['Equals', { 'Fn::Equals': [{ Ref: 'Stage' }, 'local'] }, true],
    ['Equals of others', { 'Fn::Equals': [{ Ref: 'Stage' }, 'staging'] }, false],
    ['Equals of a number and a text', { 'Fn::Equals': [{ Ref: 'Count' }, '3'] }, true],
    [
      'Equals of something open',
      { 'Fn::Equals': [{ Ref: 'AWS::Region' }, { Ref: 'App' }] },
      { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'aviary'] },
    ],
    ['Not', { 'Fn::Not': [{ 'Fn::Equals': ['a', 'a'] }] }, false],
    ['Not of false', { 'Fn::Not': [{ Condition: 'No' }] }, true],
    ['And', { 'Fn::And': [{ Condition: 'Yes' }, { Condition: 'Yes' }] }, true],
    ['And with one that is false', { 'Fn::And': [{ Condition: 'Yes' }, { Condition: 'No' }] }, false],
    ['Or', { 'Fn::Or': [{ Condition: 'No' }, { Condition: 'Yes' }] }, true],
    ['Or of none', { 'Fn::Or': [{ Condition: 'No' }, { Condition: 'No' }] }, false],
    ['Not of something open', { 'Fn::Not': [{ Condition: 'Open' }] }, { 'Fn::Not': [{ Condition: 'Open' }] }],

    ['a function that is not known', { 'Fn::ImportValue': { Ref: 'App' } }, { 'Fn::ImportValue': 'aviary' }],
    ['a map with two keys, one of them Ref', { Ref: 'App', Other: { Ref: 'App' } }, { Ref: 'App', Other: 'aviary' }],
    ['a map with the name of a member of every object', { constructor: { a: 1 } }, { constructor: { a: 1 } }],
    ['Ref of a name that every object has', { Ref: 'toString' }, { Ref: 'toString' }],
    ['scalars', [1, 'a', true, null], [1, 'a', true, null]],
  ];

  it.each(cases)('resolves %s', (_name, value, expected) => {
    expect(resolved(value)).toEqual(expected);
  });

  it('takes a property out that is NoValue', () => {
    expect(resolved({ A: noValue, B: { C: { 'Fn::If': ['No', 1, noValue] } } })).toEqual({ B: {} });
  });

  it('takes an item out that is NoValue', () => {
    expect(resolved(['a', noValue, { 'Fn::If': ['Yes', noValue, 'c'] }, 'd'])).toEqual(['a', 'd']);
  });

  it('keeps NoValue in the branch of an open If', () => {
    const value = { 'Fn::If': ['Open', { Ref: 'App' }, noValue] };

    expect(resolved({ A: value })).toEqual({ A: { 'Fn::If': ['Open', 'aviary', noValue] } });
  });

  it('changes nothing of what it is given', () => {
    const value = Object.freeze({ A: Object.freeze([Object.freeze({ Ref: 'App' })]) });

    expect(resolved(value)).toEqual({ A: ['aviary'] });
  });
});

describe('Fn::Sub', () => {
  const sub = (argument: Json): Json => resolved({ 'Fn::Sub': argument });

  it.each([
    ['${App}-x-${Stage}', 'aviary-x-local'],
    ['${App}${App}', 'aviaryaviary'],
    ['${Count}', '3'],
    ['no variable', 'no variable'],
    ['${!Literal}', '${Literal}'],
    ['${App}-${!Literal}', 'aviary-${Literal}'],
    ['$App {App}', '$App {App}'],
  ])('resolves %s', (text, expected) => {
    expect(sub(text)).toBe(expected);
  });

  it.each([
    ['${App}/${Table}', 'aviary/${Table}'],
    ['${App}/${Table.Arn}', 'aviary/${Table.Arn}'],
    ['${Table}-${!Literal}', '${Table}-${!Literal}'],
    ['${AWS::Region}-${Stage}', '${AWS::Region}-local'],
  ])('resolves %s as far as it is known, and leaves literals for the rest', (text, expected) => {
    expect(sub(text)).toEqual({ 'Fn::Sub': expected });
  });

  it('takes a value from its own map before a parameter', () => {
    expect(sub(['${App}-${X}', { App: 'own', X: { Ref: 'Stage' } }])).toBe('own-local');
  });

  it('leaves a name open that its own map leaves open, also where a parameter has it', () => {
    expect(sub(['${App}-${Stage}', { App: { Ref: 'Table' } }])).toEqual({
      'Fn::Sub': ['${App}-local', { App: { Ref: 'Table' } }],
    });
  });

  it('keeps of its map what is still open', () => {
    expect(sub(['${A}-${B}', { A: { Ref: 'App' }, B: { 'Fn::GetAtt': ['T', 'Arn'] } }])).toEqual({
      'Fn::Sub': ['aviary-${B}', { B: { 'Fn::GetAtt': ['T', 'Arn'] } }],
    });
  });
});

describe('resolveConditions', () => {
  const { parameters, mappings } = known;
  const results = (conditions: Record<string, Json>): Record<string, boolean> =>
    Object.fromEntries(resolveConditions(conditions, { parameters, mappings }));

  it('evaluates a condition that uses others, in any order', () => {
    expect(
      results({
        C: { 'Fn::Not': [{ Condition: 'B' }] },
        B: { 'Fn::And': [{ Condition: 'A' }, { Condition: 'D' }] },
        A: { 'Fn::Equals': [{ Ref: 'Stage' }, 'local'] },
        D: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'App' }, 'other'] }] },
      }),
    ).toEqual({ A: true, B: true, C: false, D: true });
  });

  it('leaves out what is open, and what depends on it', () => {
    expect(
      results({
        Depends: { 'Fn::Not': [{ Condition: 'Open' }] },
        Open: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] },
        Known: { 'Fn::Equals': ['a', 'b'] },
      }),
    ).toEqual({ Known: false });
  });

  it('leaves out conditions that use each other', () => {
    expect(results({ A: { 'Fn::Not': [{ Condition: 'B' }] }, B: { 'Fn::Not': [{ Condition: 'A' }] } })).toEqual({});
  });
});
