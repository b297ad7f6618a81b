import { ownBlocks } from '../../../../tools/scaffold/own-blocks.ts';
import { parseTemplate } from '../../../../tools/template/read-template.ts';

const parts = {
  head: `
Parameters:
  App: { Type: String }
  Only: { Type: String }
Conditions:
  HasOnly: !Not [!Equals [!Ref Only, '']]
Resources:
  Data: { Type: 'AWS::CloudFormation::Stack' }
  A:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: !Sub \${App}-a
      LoggingConfig: { LogGroup: !Ref ALogs }
      Environment: { Variables: { X: !If [HasOnly, !Ref Only, ''], T: !GetAtt Data.Outputs.T } }
      Events: { M: { Type: SQS, Properties: { Queue: !GetAtt Queue.Arn } } }
  ALogs: { Type: 'AWS::Logs::LogGroup' }
  Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: !Sub '\${App}-q', R: { dead: !GetAtt Dead.Arn } } }
  Policy: { Type: 'AWS::SQS::QueuePolicy', Properties: { Queues: [!Ref Queue] } }
  Dead: { Type: 'AWS::SQS::Queue' }
  Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { M: !GetAtt Dead.QueueName, To: !Ref Data } }
  Stays: { Type: 'AWS::Logs::LogGroup' }
  B:
    Type: AWS::Serverless::Function
    Properties:
      Description: !Sub \${App}
`,
  outputs: `
Outputs:
  QueueUrl: { Value: !Ref Queue }
  AName: { Value: !Sub '\${App}-a' }
  Other: { Value: !Ref Stays }
`,
};
const own = (extra = '', settings = ''): unknown =>
  ownBlocks(parseTemplate(`${parts.head}${extra}${parts.outputs}`, 'template.yaml'), ['A'], settings);

describe('ownBlocks', () => {
  it('takes what only the function needs, and what only that needs', () => {
    expect(own()).toEqual({
      Resources: ['A', 'ALogs', 'Queue', 'Policy', 'Dead', 'Alarm'],
      Conditions: ['HasOnly'],
      Parameters: ['Only'],
      Outputs: ['QueueUrl', 'AName'],
    });
  });

  it('leaves what another function refers to as well', () => {
    expect(own('      DeadLetterQueue: { TargetArn: !GetAtt Dead.Arn }\n')).toMatchObject({
      Resources: ['A', 'ALogs', 'Queue', 'Policy'],
    });
  });

  it('leaves what something that stays looks at, with what stays too', () => {
    const watched = "  Watch: { Type: 'AWS::X', Properties: { Q: [!Ref Queue, !Ref Stays] } }\n";

    expect(own(watched)).toMatchObject({ Resources: ['A', 'ALogs'], Outputs: ['AName'] });
  });

  it('leaves a parameter that something else uses', () => {
    expect(own('      Timeout: !Ref Only\n')).toMatchObject({ Parameters: [], Conditions: ['HasOnly'] });
  });

  it.each([
    ['refers to the function', '      X: !GetAtt A.Arn\n', 'B refers to A.'],
    ['depends on it', '    DependsOn: [A]\n', 'B refers to A.'],
    ['names it', '      X: !Sub "${App}-a"\n', 'B speaks of ${App}-a.'],
    ['names its queue', '      X: !Sub "${App}-q"\n', 'B speaks of ${App}-q.'],
  ])('refuses where another function %s', (_what, extra, problem) => {
    expect(() => own(extra)).toThrow(problem);
  });

  it('refuses where samconfig.toml sets a parameter that goes', () => {
    expect(() => own('', 'parameter_overrides = ["Only=1"]')).toThrow('samconfig.toml sets Only');
  });
});
