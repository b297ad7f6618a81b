import { findSubjects } from '../../../../tools/alarms/find-subjects.ts';
import { renderAlarms, renderLogGroups } from '../../../../tools/generate/render-alarms.ts';
import { objectAt, type JsonObject } from '../../../../tools/lib/json.ts';
import { parseTemplate } from '../../../../tools/template/read-template.ts';

const alarms = `Resources:
  # Alarms: written by \`npm run aviary -- generate\` from tools/alarms and the templates, do not edit
  Stale: {}
  # End of alarms
`;
const stack = `Alarms:
  DependsOn:
    # Log groups: written by \`npm run aviary -- generate\` from tools/alarms, do not edit
    - Stale
    # End of log groups
`;
const parsed = (text: string): JsonObject => parseTemplate(text, 'a template');
const fn = (name: string, events = '{}'): string => `  ${name}:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: !Sub \${App}-${name.toLowerCase()}-\${Stage}
      LoggingConfig: { LogGroup: !Ref ${name}Logs }
      Events: ${events}
`;
const asked = `  Api:
    Type: AWS::Serverless::Api
    Properties: { Auth: { Authorizers: { Tokens: { FunctionArn: !Ref Authorizer.Alias } } } }
`;
const subjectsOf = (...blocks: string[]): ReturnType<typeof findSubjects> =>
  findSubjects([parsed(`Resources:\n${blocks.join('')}`)]);
const idsOf = (...blocks: string[]): string[] =>
  Object.keys(objectAt(parsed(renderAlarms(alarms, subjectsOf(...blocks))), 'Resources'));

describe('the alarms that are written', () => {
  it('are those of every function', () => {
    expect(idsOf(fn('Jobs'), fn('Users'))).toEqual([
      'JobsErrors',
      'JobsDuration',
      'JobsThrottles',
      'UsersErrors',
      'UsersDuration',
      'UsersThrottles',
    ]);
  });

  it('are one more of a function that answers requests', () => {
    expect(idsOf(fn('Users', '{ Get: { Type: Api } }'))).toContain('UsersFailures');
  });

  it.each(['SQS', 'Kinesis', 'DynamoDB'])('are those of parked records, of a function that %s feeds', (Type) => {
    expect(idsOf(fn('Reader', `{ Read: { Type: ${Type} } }`))).toEqual(
      expect.arrayContaining(['ReaderParked', 'ReaderNewerRecordsFilter', 'ReaderNewerRecords']),
    );
  });

  it('tell how old the records of a stream are, and nothing of the kind of a queue', () => {
    expect(idsOf(fn('Reader', '{ Read: { Type: Kinesis } }'))).toContain('ReaderIteratorAge');
    expect(idsOf(fn('Reader', '{ Read: { Type: SQS } }'))).not.toContain('ReaderIteratorAge');
  });

  it('count of an authorizer what the API fails with, and not what it refuses', () => {
    const rendered = objectAt(parsed(renderAlarms(alarms, subjectsOf(fn('Authorizer'), asked))), 'Resources');

    expect(objectAt(rendered['AuthorizerErrors'], 'Properties')).toMatchObject({
      Namespace: 'AWS/ApiGateway',
      MetricName: '5XXError',
    });
  });

  it('are of a table and of each of its indexes', () => {
    const table = `  T:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: !Sub \${App}-main-\${Stage}
      GlobalSecondaryIndexes: [{ IndexName: gsi1 }]
`;

    expect(idsOf(table)).toEqual([
      'MainGsi1ReadThrottles',
      'MainGsi1WriteThrottles',
      'MainTableReadThrottles',
      'MainTableWriteThrottles',
    ]);
  });

  it('differ for a queue and for one of dead letters', () => {
    const queue = (id: string): string =>
      `  ${id}:\n    Type: AWS::SQS::Queue\n    Properties: { QueueName: !Sub '\${App}-${id.toLowerCase()}-\${Stage}' }\n`;

    expect(idsOf(queue('Mails'), queue('MailsDeadLetters'))).toEqual(['MailsdeadlettersDepth', 'MailsQueueAge']);
  });

  it('are the same when they are made again, and go with what they are about', () => {
    const once = renderAlarms(alarms, subjectsOf(fn('Users')));

    expect(renderAlarms(once, subjectsOf(fn('Users')))).toBe(once);
    expect(renderAlarms(once, [])).toBe(alarms.replace('  Stale: {}\n', ''));
  });

  it('are not made where nobody has put the marks, nor guessed at where one is missing', () => {
    expect(renderAlarms('Resources: {}\n', subjectsOf(fn('Users')))).toBe('Resources: {}\n');
    expect(() => renderAlarms(alarms.replace('# End of alarms', ''), [])).toThrow(
      'infra/alarms.yaml has no line "# End of alarms".',
    );
  });

  it('are not made of something with another kind of name', () => {
    expect(() => subjectsOf('  Q:\n    Type: AWS::SQS::Queue\n    Properties: { QueueName: mails }\n')).toThrow(
      'Q has no QueueName of the form ${App}-<name>-${Stage}, so its alarms cannot speak of it.',
    );
  });
});

describe('the stack of alarms', () => {
  it('waits for the log groups that are counted in', () => {
    const text = renderLogGroups(stack, subjectsOf(fn('Users'), fn('Reader', '{ Read: { Type: SQS } }')));

    expect(objectAt(parsed(text), 'Alarms')['DependsOn']).toEqual(['ReaderLogs']);
  });
});
