import { findSubjects, type Subject } from '../../../../tools/alarms/find-subjects.ts';
import { renderAlarmStacks, renderMoreAlarms } from '../../../../tools/generate/alarm-stacks.ts';
import { objectAt } from '../../../../tools/lib/json.ts';
import { parseTemplate } from '../../../../tools/template/read-template.ts';

const empty = `Parameters:
  App:
    Type: String
Resources:
  # Alarms: written by \`npm run aviary -- generate\` from tools/alarms and the templates, do not edit
  # End of alarms
`;
const subjectsOf = (...numbers: number[]): Subject[] =>
  findSubjects([
    {
      Resources: Object.fromEntries(
        numbers.map((number) => [
          `F${number}`,
          {
            Type: 'AWS::Serverless::Function',
            Properties: { FunctionName: { 'Fn::Sub': `\${App}-f${number}-\${Stage}` } },
          },
        ]),
      ),
    },
  ]);
const some = (count: number, from = 0): number[] => Array.from({ length: count }, (_, at) => 1000 + from + at);
const idsOf = (text: string | undefined): string[] =>
  Object.keys(objectAt(parseTemplate(text ?? '', 'the alarms'), 'Resources'));

describe('stacks of alarms', () => {
  it('are one while all alarms fit into it', () => {
    const texts = renderAlarmStacks([empty], subjectsOf(...some(100)));

    expect(texts.map((text) => idsOf(text).length)).toEqual([300]);
  });

  it('are as many as it takes, none above what CloudFormation takes, and each alarm is in one of them', () => {
    const texts = renderAlarmStacks([empty], subjectsOf(...some(400)));
    const ids = texts.map(idsOf);

    expect(ids.map((it) => it.length)).toEqual([450, 450, 300]);
    expect(new Set(ids.flat()).size).toBe(1200);
    expect(texts.every((text) => text.startsWith('Parameters:\n  App:'))).toBe(true);
  });

  it('keep each alarm that they have when functions come before it and go', () => {
    const before = renderAlarmStacks([empty], subjectsOf(...some(200)));
    const [first = [], second = []] = before.map(idsOf);
    const later = subjectsOf(...some(20, -500), ...some(100), ...some(50, 150));
    const texts = renderAlarmStacks(before, later);
    const [now = [], next = []] = texts.map(idsOf);

    // Of the first hundred and of the last fifty none has moved; the others are gone.
    expect(now).toEqual(expect.arrayContaining(first.slice(0, 300)));
    expect(next).toEqual(second.slice(-150));
    expect(now).toEqual(expect.arrayContaining(['F500Errors', 'F519Throttles']));
    expect(renderAlarmStacks(texts, later)).toEqual(texts);
  });

  it('are not there where the repository has no alarms', () => {
    expect(renderAlarmStacks([], subjectsOf(1))).toEqual([]);
  });

  it('are stacks of the template like the first one', () => {
    const template = `Resources:
  Alarms:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: infra/alarms.yaml

  # More stacks of alarms: written by \`npm run aviary -- generate\` where infra/alarms.yaml is full, do not edit
  # End of more stacks of alarms
`;
    const rendered = renderMoreAlarms(template, 3);
    const resources = objectAt(parseTemplate(rendered, 'template.yaml'), 'Resources');

    expect(resources['Alarms3']).toEqual({
      Type: 'AWS::CloudFormation::Stack',
      Properties: { TemplateURL: 'infra/alarms-3.yaml' },
    });
    expect(Object.keys(resources)).toEqual(['Alarms', 'Alarms2', 'Alarms3']);
    expect(renderMoreAlarms(rendered, 1)).toBe(template);
    expect(renderMoreAlarms('Resources: {}\n', 2)).toBe('Resources: {}\n');
  });
});
