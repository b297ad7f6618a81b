import { parseTemplate } from '../../../../tools/template/read-template.ts';
import { resolveTemplate, type StageTemplate } from '../../../../tools/template/resolve-template.ts';

const template = parseTemplate(
  `
AWSTemplateFormatVersion: '2010-09-09'
Transform: AWS::Serverless-2016-10-31
Description: A test
Parameters:
  Stage: { Type: String, Default: local }
  Secret: { Type: String, NoEcho: true }
Mappings:
  Stages:
    local: { Size: 256 }
    production: { Size: 512 }
Conditions:
  IsProduction: !Equals [!Ref Stage, production]
  InEurope: !Equals [!Ref AWS::Region, eu-west-1]
Globals:
  Function:
    MemorySize: !FindInMap [Stages, !Ref Stage, Size]
    DeploymentPreference:
      Enabled: !If [IsProduction, true, false]
      Type: AllAtOnce
Resources:
  Users:
    Type: AWS::Serverless::Function
    DependsOn: [Alarm, Queue]
    Properties:
      FunctionName: !Sub users-\${Stage}
      Environment:
        Variables:
          SECRET: !Ref Secret
      DeploymentPreference:
        Alarms: [a]
  Queue:
    Type: AWS::SQS::Queue
    DependsOn: Alarm
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Condition: IsProduction
    Properties: { AlarmName: a }
  Bucket:
    Type: AWS::S3::Bucket
    Condition: InEurope
Outputs:
  Url: { Value: !Sub 'https://\${Stage}' }
  Alarm: { Condition: IsProduction, Value: !Ref Alarm }
`,
  'template.yaml',
);
const resolve = (Stage: string): StageTemplate => resolveTemplate(template, { Stage });
const functionOf = (Stage: string): unknown => resolve(Stage).resources['Users']?.['Properties'];

describe('resolveTemplate', () => {
  it('writes globals, parameters and mappings into the blocks', () => {
    expect(functionOf('production')).toEqual({
      MemorySize: 512,
      FunctionName: 'users-production',
      Environment: { Variables: { SECRET: { Ref: 'Secret' } } },
      DeploymentPreference: { Enabled: true, Type: 'AllAtOnce', Alarms: ['a'] },
    });
  });

  it('takes a deployment preference out that is switched off', () => {
    expect(functionOf('local')).toEqual({
      MemorySize: 256,
      FunctionName: 'users-local',
      Environment: { Variables: { SECRET: { Ref: 'Secret' } } },
    });
  });

  it('leaves out a resource and an output whose condition does not hold', () => {
    const { resources, outputs } = resolve('local');

    expect(Object.keys(resources)).toEqual(['Users', 'Queue', 'Bucket']);
    expect(Object.keys(outputs)).toEqual(['Url']);
  });

  it('takes the condition off what it holds for', () => {
    expect(resolve('production').resources['Alarm']).toEqual({
      Type: 'AWS::CloudWatch::Alarm',
      Properties: { AlarmName: 'a' },
    });
  });

  it('leaves an open condition to CloudFormation, with the block that has it', () => {
    const { head, resources } = resolve('local');

    expect(resources['Bucket']).toEqual({ Type: 'AWS::S3::Bucket', Condition: 'InEurope' });
    expect(head['Conditions']).toEqual({ InEurope: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] } });
  });

  it('depends on nothing that is left out, as CloudFormation does', () => {
    const { resources } = resolve('local');

    expect(resources['Users']?.['DependsOn']).toEqual(['Queue']);
    expect(resources['Queue']).toEqual({ Type: 'AWS::SQS::Queue' });
    expect(resolve('production').resources['Queue']?.['DependsOn']).toBe('Alarm');
  });

  it('keeps in the head what only CloudFormation can resolve, and neither globals nor mappings', () => {
    const { head } = resolve('local');

    expect(head).toMatchObject({
      AWSTemplateFormatVersion: '2010-09-09',
      Transform: 'AWS::Serverless-2016-10-31',
      Description: 'A test',
      Parameters: { Secret: { Type: 'String', NoEcho: true } },
    });
    expect(Object.keys(head)).not.toEqual(expect.arrayContaining(['Globals']));
  });

  it('has no empty sections in the head', () => {
    expect(resolveTemplate({ Resources: {} }, {}).head).toEqual({});
  });

  it('answers the values of the parameters', () => {
    expect(resolve('production').parameters).toEqual({ Stage: 'production' });
  });

  it('refuses a mapping that is looked up by what only CloudFormation knows', () => {
    const regional = { Resources: { A: { 'Fn::FindInMap': ['Zones', { Ref: 'AWS::Region' }, 'x'] } }, Mappings: {} };

    expect(() => resolveTemplate(regional, {})).toThrow('Zones');
  });

  it('leaves out a variable that is empty in the stage, and no other', () => {
    const template = {
      Parameters: { Url: { Type: 'String', Default: 'http://x' } },
      Resources: {
        A: { Properties: { Environment: { Variables: { URL: { Ref: 'Url' }, ZERO: 0, NAME: 'a' } } } },
      },
    };
    const variables = (url: Record<string, string>): unknown =>
      resolveTemplate(template, url).resources['A']?.['Properties'];

    expect(variables({ Url: '' })).toEqual({ Environment: { Variables: { ZERO: 0, NAME: 'a' } } });
    expect(variables({})).toEqual({ Environment: { Variables: { URL: 'http://x', ZERO: 0, NAME: 'a' } } });
  });
});
