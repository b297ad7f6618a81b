import { canonical, objectAt, textOf, type Json, type JsonObject } from '../../tools/lib/json.ts';
import { everyOption, resourcesOfStage, type StageResource } from '../support/engine/every-option.ts';
import { resourceSchemas, type ResourceSchema } from '../support/engine/schemas.ts';
import { resolvedStages } from '../support/engine/stages.ts';

/** How a kind of resource is encrypted with a key of AWS's own, and with the key of the stage. */
const encrypted: Readonly<Record<string, { readonly aws: JsonObject; readonly customer: (key: Json) => JsonObject }>> =
  {
    'AWS::DynamoDB::Table': {
      aws: { SSESpecification: { SSEEnabled: true } },
      customer: (key) => ({ SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: key } }),
    },
    'AWS::ElastiCache::ReplicationGroup': {
      aws: { AtRestEncryptionEnabled: true, TransitEncryptionEnabled: true },
      customer: (key) => ({ AtRestEncryptionEnabled: true, TransitEncryptionEnabled: true, KmsKeyId: key }),
    },
    'AWS::Kinesis::Stream': {
      aws: { StreamEncryption: { EncryptionType: 'KMS', KeyId: 'alias/aws/kinesis' } },
      customer: (key) => ({ StreamEncryption: { EncryptionType: 'KMS', KeyId: key } }),
    },
    // CloudWatch Logs and Secrets Manager always encrypt.
    'AWS::Logs::LogGroup': { aws: {}, customer: (key) => ({ KmsKeyId: key }) },
    'AWS::SecretsManager::Secret': { aws: {}, customer: (key) => ({ KmsKeyId: key }) },
    'AWS::SNS::Topic': { aws: { KmsMasterKeyId: 'alias/aws/sns' }, customer: (key) => ({ KmsMasterKeyId: key }) },
    'AWS::SQS::Queue': {
      aws: { SqsManagedSseEnabled: true },
      customer: (key) => ({ KmsMasterKeyId: key, SqsManagedSseEnabled: false }),
    },
  };

/** What has a property for a key and is not given one, and why. */
const left: Readonly<Record<string, string>> = {
  'AWS::AppConfig::ConfigurationProfile': 'Flags are no secret: the template shows them to everybody who may deploy.',
  'AWS::AppConfig::Deployment': 'As of the profile, which says what may be in it.',
  'AWS::EC2::VPC': 'The property is about traffic between virtual machines, of which there are none.',
  'AWS::Lambda::EventSourceMapping': 'It would encrypt the filter, which the repository shows to everybody.',
  'AWS::Lambda::Function': "Its variables are names; each start of an environment would depend on the stage's key.",
};

/** AWS's key for topics lets in neither alarms nor rules: without a key of the stage these have none (docs/decisions/0021). */
const toldByServices = ['Messaging.CriticalTopic', 'Messaging.WarningTopic', 'Messaging.InfoTopic'];

const kinds = (resources: readonly StageResource[]): string[] => [...new Set(resources.map(({ type }) => type))].sort();
const root = { 'Fn::GetAtt': ['Encryption', 'Outputs.KeyArn'] };

// The stage is in no condition on encryption, so one speaks for both.
describe('what a stage keeps', () => {
  const stage = 'production';
  let byAws: StageResource[];
  let byCustomer: StageResource[];
  let schemas: Record<string, ResourceSchema>;
  beforeAll(async () => {
    [byAws = [], byCustomer = []] = await resourcesOfStage(stage, [
      { ...everyOption, EncryptionKey: 'aws' },
      everyOption,
    ]);
    schemas = resourceSchemas(kinds(byCustomer));
  }, 60_000);

  it('is of kinds of which is known how they are encrypted', () => {
    const encryptable = kinds(byCustomer).filter(
      (kind) => schemas[kind]?.properties.some((name) => /K[Mm][Ss]|[Ee]ncrypt|SSE|Sse/.test(name)) === true,
    );

    expect(encryptable).toEqual([...Object.keys(encrypted), ...Object.keys(left)].sort());
  });

  it('is encrypted by AWS where the stage has no key', () => {
    for (const { id, type, properties } of byAws) {
      expect([id, properties]).toMatchObject([id, toldByServices.includes(id) ? {} : (encrypted[type]?.aws ?? {})]);
      expect([id, JSON.stringify(properties).includes('Encryption.Outputs')]).toEqual([id, false]);
    }
  });

  it('has no key of AWS that would keep alarms from those who are told of them', () => {
    const keys = byAws.filter(({ id }) => toldByServices.includes(id)).map((it) => it.properties['KmsMasterKeyId']);

    expect(keys).toEqual([undefined, undefined, undefined]);
  });

  it('is encrypted with the key of the stage where it has one', () => {
    for (const { id, type, properties } of byCustomer) {
      // A nested stack is given the ARN as a parameter.
      const key = id.includes('.') ? JSON.stringify(root) : root;
      expect([id, properties]).toMatchObject([id, encrypted[type]?.customer(key) ?? {}]);
    }
  });

  it('gets the key where it is, but for the cache, which is made anew under another name', () => {
    const before = new Map(byAws.map(({ id, properties }) => [id, properties]));
    const replaced = byCustomer.flatMap(({ id, type, properties }) => {
      const was = before.get(id);
      const names = was ? Object.keys({ ...was, ...properties }) : [];
      return names
        .filter((name) => canonical(was?.[name] ?? null) !== canonical(properties[name] ?? null))
        .filter((name) => schemas[type]?.replaced.includes(name))
        .map((name) => `${id} ${name}`);
    });

    expect(replaced.sort()).toEqual(['Cache.Cache KmsKeyId', 'Cache.Cache ReplicationGroupId']);
  });

  it('loses no key with its stack', () => {
    const made = resolvedStages(everyOption).find(({ name }) => name === stage)?.nested['Encryption'];

    expect(made?.['Key']).toMatchObject({
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: { EnableKeyRotation: true, PendingWindowInDays: 30 },
    });
    expect(objectAt(made?.['Alias'], 'Properties')['AliasName']).toBe(`alias/aviary-${stage}`);
  });
});

describe('the local stage', () => {
  it('has none of what only an account has, whatever it is given', () => {
    const [local, plain] = [resolvedStages(everyOption), resolvedStages()].map((stages) =>
      stages.find(({ name }) => name === 'local'),
    );

    expect(local).toEqual(plain);
    expect(Object.keys(local?.nested ?? {}).sort()).toEqual(['Config', 'Data', 'Messaging']);
  });
});

describe('the policy of the key', () => {
  const statementsOf = (KeyUsers = ''): Record<string, JsonObject> => {
    const stage = resolvedStages({ ...everyOption, KeyUsers }).find(({ name }) => name === 'staging');
    const policy = objectAt(objectAt(stage?.nested['Encryption']?.['Key'], 'Properties'), 'KeyPolicy');
    return Object.fromEntries((policy['Statement'] as JsonObject[]).map((it) => [textOf(it['Sid'] ?? ''), it]));
  };
  const account = 'arn:${AWS::Partition}:iam::${AWS::AccountId}';
  const roles = [`${account}:role/aviary-staging-*`, `${account}:role/aviary-cloudformation-staging`];
  const uses = /^kms:(Decrypt|Encrypt|GenerateDataKey.*|ReEncrypt.*|CreateGrant|Sign|.*\*.*)$/;

  it('lets administrators look after the key, and not use it', () => {
    const { Administration: it = {} } = statementsOf();

    expect(it['Principal']).toEqual({ AWS: { 'Fn::Sub': `${account}:root` } });
    expect((it['Action'] as string[]).filter((action) => uses.test(action))).toEqual([]);
    expect(it['Action']).toEqual(expect.arrayContaining(['kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion']));
  });

  it('lets roles of the stage use it, through services and in this account alone', () => {
    const { Use: it = {} } = statementsOf();
    const services = ['dynamodb', 'elasticache', 'kinesis', 'secretsmanager', 'sns', 'sqs'];

    expect(it['Condition']).toEqual({
      BoolIfExists: { 'kms:GrantIsForAWSResource': true },
      StringEquals: {
        'kms:CallerAccount': { Ref: 'AWS::AccountId' },
        'kms:ViaService': services.map((name) => ({ 'Fn::Sub': `${name}.\${AWS::Region}.amazonaws.com` })),
      },
      ArnLike: { 'aws:PrincipalArn': roles.map((role) => ({ 'Fn::Sub': role })) },
    });
  });

  it('lets in who is named besides', () => {
    const named = 'arn:aws:iam::123456789012:role/operators';

    expect(statementsOf(named)['Use']).toMatchObject({
      Condition: {
        ArnLike: { 'aws:PrincipalArn': { 'Fn::Split': [',', { 'Fn::Sub': [...roles, named].join(',') }] } },
      },
    });
  });

  it('lets nobody else in but services, each for something of the stage', () => {
    const { Administration: _administration, Use: _use, ...others } = statementsOf();

    expect(Object.keys(others)).toEqual(['TopicsToQueues', 'AlarmsAndRules', 'Logs']);
    for (const it of Object.values(others)) {
      expect(Object.keys(it['Principal'] as JsonObject)).toEqual(['Service']);
      const arns = JSON.stringify(objectAt(objectAt(it, 'Condition'), 'ArnLike'));
      expect(arns).toMatch(/^\{"(aws:SourceArn|kms:EncryptionContext:aws:logs:arn)":/);
      expect(arns.match(/arn:\$/g)?.length).toBe(arns.match(/staging/g)?.length);
    }
  });
});
