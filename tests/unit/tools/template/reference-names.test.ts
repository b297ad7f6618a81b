import { referenceNames, referencesIn } from '../../../../tools/template/reference-names.ts';
import type { Json, JsonObject } from '../../../../tools/lib/json.ts';
import { aFolder } from '../../../support/engine/a-folder.ts';
import { failureOf } from '../../../support/engine/failure-of.ts';

type Resources = Record<string, JsonObject>;
const names = (properties: Json, resources: Resources, root = '/nowhere'): Record<string, string> =>
  referenceNames(properties, resources, root);

const nested = (prefix: string): string => `
Parameters:
  App: { Type: String, Default: ${prefix} }
  Stage: { Type: String }
Globals:
  Function: { Timeout: 3 }
Mappings:
  Names: { main: { Kind: table } }
Resources:
  Table:
    Type: AWS::DynamoDB::Table
    Properties: { TableName: !Sub '\${App}-main-\${Stage}' }
  Unnamed: { Type: AWS::SQS::Queue }
Outputs:
  TableName: { Value: !Ref Table }
  TableArn: { Value: !GetAtt Table.Arn }
  TableArnBySub: { Value: !Sub 'arn:\${AWS::Partition}:dynamodb:::table/\${Table}' }
  Text: { Value: !Sub '\${App}/\${Stage}' }
  Queue: { Value: !Ref Unnamed }
`;
const data = (parameters: JsonObject = { Stage: 'local' }): Resources => ({
  Data: {
    Type: 'AWS::CloudFormation::Stack',
    Properties: { TemplateURL: 'infra/data.yaml', Parameters: parameters },
  },
});
const output = (name: string): Json => ({ 'Fn::GetAtt': ['Data', `Outputs.${name}`] });

describe('referencesIn', () => {
  it.each<[string, Json, string[]]>([
    ['Ref', { A: { Ref: 'X' } }, ['X']],
    ['GetAtt', [{ 'Fn::GetAtt': ['Data', 'Outputs.Name'] }], ['Data.Outputs.Name']],
    ['GetAtt as text', { 'Fn::GetAtt': 'X.Arn' }, ['X.Arn']],
    ['Sub', { 'Fn::Sub': '${X}-${Y.Arn}-${!Z}-${ W }' }, ['X', 'Y.Arn', 'W']],
    ['Sub with a map', { 'Fn::Sub': ['${X}-${a}', { a: { Ref: 'B' } }] }, ['X', 'a', 'B']],
    ['an open If', { 'Fn::If': ['C', { Ref: 'X' }, { Ref: 'Y' }] }, ['X', 'Y']],
    ['nothing', { A: 'text', B: [1, null, true] }, []],
  ])('finds what is in %s', (_name, value, expected) => {
    expect([...referencesIn(value)]).toEqual(expected);
  });
});

describe('referenceNames', () => {
  it.each([
    ['AWS::DynamoDB::Table', 'TableName'],
    ['AWS::SQS::Queue', 'QueueName'],
    ['AWS::SNS::Topic', 'TopicName'],
    ['AWS::S3::Bucket', 'BucketName'],
    ['AWS::Lambda::Function', 'FunctionName'],
    ['AWS::Logs::LogGroup', 'LogGroupName'],
    ['AWS::CloudWatch::Alarm', 'AlarmName'],
    ['AWS::IAM::Role', 'RoleName'],
    ['AWS::Kinesis::Stream', 'StreamName'],
    ['AWS::SecretsManager::Secret', 'SecretName'],
    ['AWS::Serverless::Api', 'Name'],
  ])('reads the name of %s', (Type, property) => {
    expect(names({ A: { Ref: 'X' } }, { X: { Type, Properties: { [property]: 'its-name' } } })).toEqual({
      X: 'its-name',
    });
  });

  it('reads the name behind an attribute, and behind a part of a text', () => {
    const resources = { Q: { Properties: { QueueName: 'q' } }, T: { Properties: { TableName: 't' } } };

    expect(names([{ 'Fn::GetAtt': ['Q', 'Arn'] }, { 'Fn::Sub': '${T}/x' }], resources)).toEqual({
      'Q.Arn': 'q',
      T: 't',
    });
  });

  it('sorts by reference, so that their order in the block changes nothing', () => {
    const resources = { A: { Properties: { Name: 'a' } }, B: { Properties: { Name: 'b' } } };

    expect(Object.keys(names([{ Ref: 'B' }, { Ref: 'A' }], resources))).toEqual(['A', 'B']);
  });

  it('leaves out what has no name, is no resource, or is a parameter', () => {
    const resources = { Q: { Type: 'AWS::SQS::Queue' } };

    expect(names([{ Ref: 'Q' }, { Ref: 'AWS::Region' }, { Ref: 'Secret' }], resources)).toEqual({});
  });

  it('tells names apart that CloudFormation completes', () => {
    const name = (prefix: string): Record<string, string> =>
      names(
        { Ref: 'B' },
        { B: { Type: 'AWS::S3::Bucket', Properties: { BucketName: { 'Fn::Sub': `${prefix}-\${AWS::AccountId}` } } } },
      );

    expect(name('one')).toEqual(name('one'));
    expect(name('one')).not.toEqual(name('two'));
  });

  it.each([
    ['TableName', 'aviary-main-local'],
    ['TableArn', 'aviary-main-local'],
    ['TableArnBySub', '{"Fn::Sub":"arn:${AWS::Partition}:dynamodb:::table/${Table}"} aviary-main-local'],
    ['Text', 'aviary/local'],
  ])('sees through the output %s of a nested stack', (name, expected) => {
    const root = aFolder({ 'infra/data.yaml': nested('aviary') });

    expect(names(output(name), data(), root)).toEqual({ [`Data.Outputs.${name}`]: expected });
  });

  it.each(['TableName', 'TableArn', 'TableArnBySub'])('sees a table renamed in a nested stack through %s', (name) => {
    const [before, after] = ['aviary', 'other'].map((prefix) =>
      names(output(name), data(), aFolder({ 'infra/data.yaml': nested(prefix) })),
    );

    expect(after).not.toEqual(before);
  });

  it('sees a name that a parameter of the nested stack changes', () => {
    const root = aFolder({ 'infra/data.yaml': nested('aviary') });

    expect(names(output('TableName'), data({ App: 'x', Stage: 'y' }), root)).toEqual({
      'Data.Outputs.TableName': 'x-main-y',
    });
  });

  it.each(['Queue', 'Missing'])('leaves out the output %s, behind which is no name', (name) => {
    const root = aFolder({ 'infra/data.yaml': nested('aviary') });

    expect(names(output(name), data(), root)).toEqual({});
  });

  it('sees through a stack that is nested in another folder', () => {
    const outer = `
Resources:
  Inner:
    Type: AWS::CloudFormation::Stack
    Properties: { TemplateURL: tables/data.yaml, Parameters: { Stage: deep } }
Outputs:
  Name: { Value: !GetAtt Inner.Outputs.TableName }
`;
    const root = aFolder({ 'infra/data.yaml': outer, 'infra/tables/data.yaml': nested('aviary') });

    expect(names(output('Name'), data(), root)).toEqual({ 'Data.Outputs.Name': 'aviary-main-deep' });
  });

  it('leaves a nested template alone that is not in the repository', () => {
    const resources = { Data: { Properties: { TemplateURL: 'https://example.com/data.yaml' } } };

    expect(names(output('TableName'), resources)).toEqual({});
  });

  it('says which nested template is missing', () => {
    expect(failureOf(() => names(output('TableName'), data(), aFolder())).problem).toBe(
      'infra/data.yaml cannot be read.',
    );
  });
});
