import { objectAt } from '../../../../tools/lib/json.ts';
import { parseTemplate } from '../../../../tools/template/read-template.ts';
import { renderAlarms } from '../../../../tools/generate/render-alarms.ts';

const file = `Resources:
  AuthorizerErrors:
    Properties:
      AlarmName: !Sub \${App}-authorizer-errors-\${Stage}

  # Alarms of functions: written by \`npm run aviary -- generate\` from template.yaml, do not edit
  StaleErrors: {}
  # End of alarms of functions
`;
const functions = [
  { name: 'authorizer', logicalId: 'Authorizer' },
  { name: 'order-stream', logicalId: 'OrderStream' },
  { name: 'users', logicalId: 'Users' },
];
const idsOf = (text: string): string[] => Object.keys(objectAt(parseTemplate(text, 'infra/alarms.yaml'), 'Resources'));

describe('the alarms of functions', () => {
  it('are one of each function, but for a function that has one of its own', () => {
    expect(idsOf(renderAlarms(file, functions))).toEqual(['AuthorizerErrors', 'OrderStreamErrors', 'UsersErrors']);
  });

  it('are the same when they are made again, and go with their function', () => {
    const once = renderAlarms(file, functions);

    expect(renderAlarms(once, functions)).toBe(once);
    expect(idsOf(renderAlarms(once, functions.slice(0, 2)))).toEqual(['AuthorizerErrors', 'OrderStreamErrors']);
  });

  it('are not made where nobody has put the marks, nor guessed at where one is missing', () => {
    expect(renderAlarms('Resources: {}\n', functions)).toBe('Resources: {}\n');
    expect(() => renderAlarms(file.replace('# End of alarms of functions', ''), functions)).toThrow(
      'infra/alarms.yaml has no line "# End of alarms of functions".',
    );
  });
});
