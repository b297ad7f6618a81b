import { isList, isObject, textOf, type Json, type JsonObject } from '../../../tools/lib/json.ts';
import type { StageResource } from '../engine/every-option.ts';

type IsOpen = (resource: StageResource) => boolean;

const listOf = (value: Json | undefined): readonly Json[] =>
  value === undefined ? [] : isList(value) ? value : [value];
const wordsOf = (value: Json | undefined): string[] => listOf(value).map(textOf);

/** Every statement that allows something, of whatever policy a resource has: of rights, of trust, or its own. */
function allowances(value: Json): JsonObject[] {
  if (isList(value)) return value.flatMap(allowances);
  if (!isObject(value)) return [];
  return [...(value['Effect'] === 'Allow' ? [value] : []), ...Object.values(value).flatMap(allowances)];
}

const allows =
  (isOpen: (statement: JsonObject) => boolean): IsOpen =>
  ({ properties }) =>
    allowances(properties).some(isOpen);

const ofType =
  (type: RegExp, isOpen: (properties: JsonObject) => boolean): IsOpen =>
  (resource) =>
    type.test(resource.type) && isOpen(resource.properties);

/** Everybody, as `*` or as `{AWS: '*'}`, unless a condition says of which account or from which resource. */
function isForEverybody({ Principal, Condition }: JsonObject): boolean {
  const named = isObject(Principal) ? Object.values(Principal).flatMap(wordsOf) : wordsOf(Principal);
  const held = /"(aws:(PrincipalAccount|SourceAccount|SourceArn)|kms:CallerAccount)"/;
  return named.includes('*') && !held.test(JSON.stringify(Condition ?? {}));
}

/** The rules of a security group in one direction, in the group or in a resource of their own. */
function rulesOf({ type, properties }: StageResource, direction: 'Ingress' | 'Egress'): JsonObject[] {
  if (type === `AWS::EC2::SecurityGroup${direction}`) return [properties];
  return type === 'AWS::EC2::SecurityGroup' ? listOf(properties[`SecurityGroup${direction}`]).filter(isObject) : [];
}

const isAnywhere = (rule: JsonObject): boolean => rule['CidrIp'] === '0.0.0.0/0' || rule['CidrIpv6'] === '::/0';
const isWide = ({ IpProtocol, FromPort, ToPort }: JsonObject): boolean =>
  textOf(IpProtocol ?? '') === '-1' || FromPort !== ToPort;

/** Texts under names of secrets, unless CloudFormation fetches what they are to be. */
function secretsIn(value: Json, name = ''): string[] {
  if (isList(value)) return value.flatMap((it) => secretsIn(it, name));
  if (isObject(value))
    return Object.entries(value).flatMap(([key, it]) => secretsIn(it, key.startsWith('Fn::') ? name : key));
  const isSecret = /password|^(SecretString|AuthToken|SecretAccessKey)$/i.test(name);
  return isSecret && typeof value === 'string' && !value.includes('{{resolve:secretsmanager:') ? [value] : [];
}

/**
 * What lets in, or out, more than it names, each of one resource as CloudFormation gets it. They are those of the rules of
 * cfn-nag (github.com/stelligent/cfn_nag) that checkov does not have, or has for some kinds of policies alone.
 */
export const doors: Readonly<Record<string, IsOpen>> = {
  'a statement of what it is not about': allows((it) =>
    ['NotAction', 'NotPrincipal', 'NotResource'].some((key) => key in it),
  ),
  'an action with a star': allows(({ Action }) => wordsOf(Action).some((it) => it.includes('*'))),
  // In the policy of a key it means that key.
  'a right on everything': (it) =>
    it.type !== 'AWS::KMS::Key' && allows(({ Resource }) => wordsOf(Resource).includes('*'))(it),
  'a principal that is everybody': allows(isForEverybody),
  'a role that any service may be given': allows(
    ({ Action, Condition }) =>
      wordsOf(Action).includes('iam:PassRole') && !JSON.stringify(Condition ?? {}).includes('"iam:PassedToService"'),
  ),
  'a service that may come for anybody': ofType(
    /^AWS::Lambda::Permission$/,
    (it) => it['SourceArn'] === undefined && it['SourceAccount'] === undefined,
  ),
  'a permission to more than to invoke': ofType(
    /^AWS::Lambda::Permission$/,
    ({ Action }) => Action !== 'lambda:InvokeFunction',
  ),
  'a user, who has keys that stay': ofType(/^AWS::IAM::(User|AccessKey|Group)/, () => true),
  'a way in from anywhere': (it) => rulesOf(it, 'Ingress').some(isAnywhere),
  'a way out to anywhere': (it) => rulesOf(it, 'Egress').some(isAnywhere),
  'a way for more than one port': (it) => [...rulesOf(it, 'Ingress'), ...rulesOf(it, 'Egress')].some(isWide),
  // EC2 then lets everything out.
  'a group that is silent on the way out': ofType(
    /^AWS::EC2::SecurityGroup$/,
    ({ SecurityGroupEgress }) => listOf(SecurityGroupEgress).length === 0,
  ),
  'an address of the internet': ofType(/^AWS::EC2::Subnet$/, (it) => it['MapPublicIpOnLaunch'] === true),
  'a secret in the template': ({ properties }) => secretsIn(properties).length > 0,
};

/** The doors that stand open in a resource. */
export const openDoors = (resource: StageResource): string[] =>
  Object.entries(doors).flatMap(([door, isOpen]) => (isOpen(resource) ? [door] : []));
