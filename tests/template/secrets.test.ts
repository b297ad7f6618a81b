import { join } from 'node:path';
import { signingKeys } from '@shared/auth/signing-keys';
import { objectAt, stringAt, type JsonObject } from '../../tools/lib/json.ts';
import { readTemplate } from '../../tools/template/read-template.ts';
import { resolveTemplate } from '../../tools/template/resolve-template.ts';
import { repository } from '../support/engine/a-folder.ts';

const template = readTemplate(join(repository, 'template.yaml'), 'template.yaml');
const resources = (Stage: string, more: Readonly<Record<string, string>> = {}): Readonly<Record<string, JsonObject>> =>
  resolveTemplate(template, { Stage, ...more }).resources;
const ofType = (type: string, blocks: Readonly<Record<string, JsonObject>>): [string, JsonObject][] =>
  Object.entries(blocks).flatMap(([id, block]) =>
    block['Type'] === `AWS::SecretsManager::${type}` ? [[id, objectAt(block, 'Properties')]] : [],
  );
const stages = ['local', 'staging', 'production'];
const rotated = ['JwtSigningKeys', 'PageTokenSecret'];

describe('secrets of signing keys', () => {
  it.each(rotated)('%s is of its documented form in the local stage, and the same for everybody', (id) => {
    const text = stringAt(objectAt(resources('local')[id], 'Properties'), 'SecretString') ?? '';

    expect(signingKeys.parse(JSON.parse(text)).keys).toHaveLength(1);
  });

  it.each(rotated)('%s is of its documented form in an account, as CloudFormation generates it', (id) => {
    const made = objectAt(objectAt(resources('staging')[id], 'Properties'), 'GenerateSecretString');
    const given = JSON.parse(stringAt(made, 'SecretStringTemplate') ?? '') as Record<string, string>;
    const text = 'x'.repeat(made['PasswordLength'] as number);

    expect(made['ExcludePunctuation']).toBe(true);
    expect(signingKeys.parse({ ...given, [stringAt(made, 'GenerateStringKey') ?? '']: text })).toEqual({
      keys: [{ kid: 'first', key: text }],
    });
  });

  it.each(['staging', 'production'])('are all rotated in %s, behind the alias of the function', (stage) => {
    const schedules = ofType('RotationSchedule', resources(stage)).map(([, properties]) => properties);

    expect(schedules).toEqual(
      rotated.map((id) => ({
        SecretId: { Ref: id },
        RotationLambdaARN: { Ref: 'SecretRotation.Alias' },
        RotationRules: { AutomaticallyAfterDays: 30 },
      })),
    );
  });

  it('are not rotated by the local cloud, which has no schedules', () => {
    expect(ofType('RotationSchedule', resources('local'))).toEqual([]);
  });

  it('are rotated after as many days as are asked for', () => {
    const [first] = ofType('RotationSchedule', resources('production', { SecretRotationDays: '7' }));

    expect(objectAt(first?.[1], 'RotationRules')).toEqual({ AutomaticallyAfterDays: 7 });
  });

  it('are rotated for Secrets Manager of this account, and for nobody else', () => {
    expect(objectAt(resources('production')['SecretRotationPermission'], 'Properties')).toEqual({
      Action: 'lambda:InvokeFunction',
      FunctionName: { Ref: 'SecretRotation.Alias' },
      Principal: 'secretsmanager.amazonaws.com',
      SourceAccount: { Ref: 'AWS::AccountId' },
    });
  });
});

describe('secrets', () => {
  it.each(stages)('have no copy in another region in %s', (stage) => {
    const copies = ofType('Secret', resources(stage)).map(([, properties]) => properties['ReplicaRegions']);

    expect(copies).toEqual([undefined, undefined, undefined]);
  });

  it('have a copy each in the region that is named', () => {
    const copies = ofType('Secret', resources('production', { ReplicaRegion: 'eu-central-1' }));

    for (const [id, { ReplicaRegions }] of copies)
      expect([id, ReplicaRegions]).toEqual([id, [{ Region: 'eu-central-1' }]]);
    expect(copies.map(([id]) => id)).toContain('GithubWebhookSecret');
  });
});

/** What would give a variable the value of a secret; `content` are texts that are one. */
function secretsIn(variables: JsonObject, content: readonly string[]): string[] {
  const hidden = Object.entries(objectAt(template, 'Parameters'))
    .filter(([, parameter]) => ['true', true].includes(objectAt({ parameter }, 'parameter')['NoEcho'] as boolean))
    .map(([name]) => name);
  return Object.entries(variables)
    .filter(([, value]) => {
      const text = JSON.stringify(value);
      const names = hidden.some((name) => text.includes(`"${name}"`) || text.includes(`\${${name}}`));
      return names || /resolve:(secretsmanager|ssm-secure|ssm)/.test(text) || content.some((it) => text.includes(it));
    })
    .map(([name]) => name);
}

describe('the environment of functions', () => {
  const contents = ofType('Secret', resources('local')).flatMap(([, { SecretString }]) =>
    [...JSON.stringify(SecretString).matchAll(/"([\w-]{16,})\\"/g)].flatMap(([, text]) => text ?? []),
  );

  it.each(stages)('has no value of a secret in %s', (stage) => {
    const found = Object.entries(resources(stage)).flatMap(([id, block]) =>
      secretsIn(objectAt(objectAt(objectAt(block, 'Properties'), 'Environment'), 'Variables'), contents).map(
        (name) => `${id}.${name}`,
      ),
    );

    expect(contents).toHaveLength(3);
    expect(found).toEqual([]);
  });

  it('would be refused with a reference that CloudFormation resolves, or with the value itself', () => {
    const variables = {
      A: '{{resolve:secretsmanager:aviary-jwt-local:SecretString:key}}',
      B: { 'Fn::Sub': '{{resolve:ssm-secure:/${App}/key}}' },
      C: `key=${contents[0] ?? ''}`,
      D: { 'Fn::Sub': '${App}-jwt-${Stage}' },
    };

    expect(secretsIn(variables, contents)).toEqual(['A', 'B', 'C']);
  });
});
