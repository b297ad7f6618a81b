import { objectAt, stringAt, type JsonObject } from '../../tools/lib/json.ts';
import { resolved } from '../support/bootstrap-template.ts';
import { checkovFindings, findingOf, type Finding } from '../support/engine/checkov.ts';
import { everyOption, resourcesOfStages, type StageResource } from '../support/engine/every-option.ts';
import { doors, openDoors } from '../support/rights/open-doors.ts';
import {
  accepted,
  acceptedInBootstrap,
  acceptedInLocal,
  acceptedWithAlarms,
  acceptedWithOptions,
  acceptedWithoutOptions,
  type AcceptedFinding,
} from './accepted-findings.ts';

const asResources = (blocks: Readonly<Record<string, JsonObject>>): StageResource[] =>
  Object.entries(blocks).map(([id, block]) => ({
    id,
    type: stringAt(block, 'Type') ?? '',
    properties: objectAt(block, 'Properties'),
  }));
const aResource = (type: string, properties: JsonObject): StageResource => ({ id: 'It', type, properties });
const allowing = (statement: JsonObject): JsonObject => ({
  PolicyDocument: { Statement: [{ Effect: 'Allow', ...statement }] },
});

/** What is careless, by the door that it leaves open. */
const careless: Readonly<Record<keyof typeof doors, StageResource>> = {
  'a statement of what it is not about': aResource('AWS::IAM::Policy', allowing({ NotAction: 'iam:PassRole' })),
  'an action with a star': aResource('AWS::IAM::Policy', allowing({ Action: ['s3:GetObject', 'sqs:*'] })),
  'a right on everything': aResource('AWS::IAM::Role', { Policies: [allowing({ Action: 's3:Get', Resource: '*' })] }),
  'a principal that is everybody': aResource('AWS::SQS::QueuePolicy', allowing({ Principal: { AWS: ['*'] } })),
  'a role that any service may be given': aResource('AWS::IAM::Policy', allowing({ Action: 'iam:PassRole' })),
  'a service that may come for anybody': aResource('AWS::Lambda::Permission', { Action: 'lambda:InvokeFunction' }),
  'a permission to more than to invoke': aResource('AWS::Lambda::Permission', { Action: 'lambda:*', SourceArn: 'x' }),
  'a user, who has keys that stay': aResource('AWS::IAM::AccessKey', {}),
  'a way in from anywhere': aResource('AWS::EC2::SecurityGroupIngress', { CidrIpv6: '::/0' }),
  'a way out to anywhere': aResource('AWS::EC2::SecurityGroup', { SecurityGroupEgress: [{ CidrIp: '0.0.0.0/0' }] }),
  'a way for more than one port': aResource('AWS::EC2::SecurityGroupIngress', { FromPort: 1, ToPort: 65535 }),
  'a group that is silent on the way out': aResource('AWS::EC2::SecurityGroup', {}),
  'an address of the internet': aResource('AWS::EC2::Subnet', { MapPublicIpOnLaunch: true }),
  'a secret in the template': aResource('AWS::RDS::DBInstance', { MasterUserPassword: 'correct horse' }),
};

describe('what CloudFormation gets', () => {
  let findings: Finding[];
  beforeAll(async () => {
    const [local = [], preview = [], staging = [], production = [], everything = []] = await resourcesOfStages([
      { stage: 'local' },
      { stage: 'pr-7' },
      { stage: 'staging' },
      { stage: 'production' },
      { stage: 'production', overrides: everyOption },
    ]);
    const templates = {
      ...{ local, preview, staging, production, everything },
      bootstrap: asResources(resolved('production')),
      'bootstrap of previews': asResources(resolved('preview')),
      careless: [aResource('AWS::S3::Bucket', { AccessControl: 'PublicRead' })],
    };
    const open = Object.entries(templates).flatMap(([name, resources]) =>
      resources.flatMap((resource) => openDoors(resource).map((door) => findingOf(name, door, resource))),
    );
    findings = [...(await checkovFindings(templates)), ...open];
    // checkov is slow, and more so beside other tests on a small machine.
  }, 300_000);

  it.each<[string, readonly AcceptedFinding[]]>([
    ['local', [...accepted, ...acceptedWithoutOptions, ...acceptedInLocal]],
    ['preview', [...accepted, ...acceptedWithoutOptions]],
    ['staging', [...accepted, ...acceptedWithAlarms, ...acceptedWithoutOptions]],
    ['production', [...accepted, ...acceptedWithAlarms, ...acceptedWithoutOptions]],
    ['everything', [...accepted, ...acceptedWithAlarms, ...acceptedWithOptions]],
    ['bootstrap', acceptedInBootstrap],
    ['bootstrap of previews', acceptedInBootstrap],
  ])('has nothing in %s that rules of security speak of and no reason was written down for', (name, reasons) => {
    const isAccepted = ({ check, of }: Finding): boolean =>
      reasons.some((it) => it.check === check && (of === it.of || of.startsWith(`${it.of}.`)));

    const found = findings.filter(({ template }) => template === name);

    expect(found.filter((it) => !isAccepted(it)).map(({ check, of }) => `${check} ${of}`)).toEqual([]);
  });

  it('still has what a reason is written down for', () => {
    const all = [
      ...accepted,
      ...acceptedWithAlarms,
      ...acceptedWithOptions,
      ...acceptedWithoutOptions,
      ...acceptedInLocal,
      ...acceptedInBootstrap,
    ];
    const settled = all.filter((it) => !findings.some(({ check, of }) => check === it.check && of.startsWith(it.of)));

    expect(settled).toEqual([]);
  });

  it('is read by checkov, which finds what is careless', () => {
    const found = findings.filter(({ template }) => template === 'careless').map(({ check }) => check);

    // A bucket that everybody may read, and that blocks no access.
    expect(found).toEqual(expect.arrayContaining(['CKV_AWS_20', 'CKV_AWS_53']));
  });
});

describe('a door that stands open', () => {
  it.each(Object.keys(doors))('is found: %s', (door) => {
    expect(openDoors(careless[door] ?? aResource('', {}))).toContain(door);
  });

  it('is none where everybody of one account may come, or CloudFormation fetches the secret', () => {
    const Condition = { StringEquals: { 'aws:PrincipalAccount': '123456789012' } };
    const Password = { 'Fn::Sub': '{{resolve:secretsmanager:${Secret}:SecretString:password}}' };

    expect(openDoors(aResource('AWS::SQS::QueuePolicy', allowing({ Principal: '*', Condition })))).toEqual([]);
    expect(openDoors(aResource('AWS::ElastiCache::User', { Passwords: [Password] }))).toEqual([]);
  });
});
