import { parseTemplate, readTemplate } from '../../../../tools/template/read-template.ts';
import { aFolder } from '../../../support/engine/a-folder.ts';
import { failureOf } from '../../../support/engine/failure-of.ts';

const valueOf = (yaml: string): unknown => parseTemplate(`Value: ${yaml}`, 'template.yaml')['Value'];

describe('parseTemplate', () => {
  it.each([
    ['!Ref Table', { Ref: 'Table' }],
    ['!Condition IsProduction', { Condition: 'IsProduction' }],
    ['!GetAtt Table.Arn', { 'Fn::GetAtt': ['Table', 'Arn'] }],
    ['!GetAtt Data.Outputs.TableName', { 'Fn::GetAtt': ['Data', 'Outputs.TableName'] }],
    ['!GetAtt [Data, Outputs.TableName]', { 'Fn::GetAtt': ['Data', 'Outputs.TableName'] }],
    ['!Sub ${App}-x', { 'Fn::Sub': '${App}-x' }],
    ["!Sub ['${A}-x', {A: !Ref B}]", { 'Fn::Sub': ['${A}-x', { A: { Ref: 'B' } }] }],
    ['!FindInMap [Stages, !Ref Stage, Level]', { 'Fn::FindInMap': ['Stages', { Ref: 'Stage' }, 'Level'] }],
    ["!Join ['-', [a, !Ref B]]", { 'Fn::Join': ['-', ['a', { Ref: 'B' }]] }],
    ['!ImportValue x', { 'Fn::ImportValue': 'x' }],
    [
      '!If [A, !If [B, 1, !Ref AWS::NoValue], {Key: !Ref C}]',
      { 'Fn::If': ['A', { 'Fn::If': ['B', 1, { Ref: 'AWS::NoValue' }] }, { Key: { Ref: 'C' } }] },
    ],
  ])('reads %s as its long form', (yaml, expected) => {
    expect(valueOf(yaml)).toEqual(expected);
  });

  it('reads a short form in a block with the map that stands below it', () => {
    expect(parseTemplate('Value: !Transform\n  Name: AWS::Include\n', 't')).toEqual({
      Value: { 'Fn::Transform': { Name: 'AWS::Include' } },
    });
  });

  it.each([
    ['2012-10-17', '2012-10-17'],
    ['2010-09-09T10:00:00Z', '2010-09-09T10:00:00Z'],
    ["'yes'", 'yes'],
    ['yes', true],
    ['off', false],
    ['030', 24],
    ['0.5', 0.5],
    ['null', null],
    ['', null],
    ['!!str 5', '5'],
  ])('reads %s as YAML 1.1 does, with dates as text', (yaml, expected) => {
    expect(valueOf(yaml)).toBe(expected);
  });

  it('reads numbers as keys as text', () => {
    expect(parseTemplate('Map:\n  404: a\n', 't')).toEqual({ Map: { '404': 'a' } });
  });

  it('follows an alias to what it names, tag and all', () => {
    expect(parseTemplate('A: &a !Ref X\nB: *a\n', 't')).toEqual({ A: { Ref: 'X' }, B: { Ref: 'X' } });
  });

  it('reads JSON', () => {
    expect(parseTemplate('{"Resources": {"A": {"Ref": "B"}}}', 't')).toEqual({ Resources: { A: { Ref: 'B' } } });
  });

  it('reads what begins as JSON does and is YAML alone', () => {
    expect(parseTemplate('{Resources: {A: !Ref B}}', 't')).toEqual({ Resources: { A: { Ref: 'B' } } });
  });

  it('names file, line and column of what is not YAML', () => {
    const failure = failureOf(() => parseTemplate('Resources:\n  A: [1, 2\n  B: 3\n', 'infra/data.yaml'));

    expect(failure.problem).toMatch(/^infra\/data\.yaml:3:\d+: /);
  });

  it('refuses a key that stands twice', () => {
    const failure = failureOf(() => parseTemplate('A: 1\nB: 2\nA: 3\n', 'template.yaml'));

    expect(failure.problem).toMatch(/^template\.yaml:3:1: .*duplicate/);
  });

  it.each(['- a list', 'text'])('refuses a file that is no map: %j', (text) => {
    expect(failureOf(() => parseTemplate(text, 'template.yaml')).problem).toBe('template.yaml is not a template.');
  });

  it('refuses an empty file', () => {
    expect(failureOf(() => parseTemplate('', 'template.yaml')).problem).toMatch(/^template\.yaml/);
  });
});

describe('readTemplate', () => {
  it('reads the file', () => {
    const root = aFolder({ 'template.yaml': 'A: !Ref B\n' });

    expect(readTemplate(`${root}/template.yaml`)).toEqual({ A: { Ref: 'B' } });
  });

  it('names a file that cannot be read by the name that people know', () => {
    const failure = failureOf(() => readTemplate(`${aFolder()}/template.yaml`, 'template.yaml'));

    expect(failure.problem).toBe('template.yaml cannot be read.');
  });
});
