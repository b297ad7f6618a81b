import { objectAt, stringAt, type JsonObject } from '../../tools/lib/json.ts';
import { resolvedStages } from '../support/engine/stages.ts';

const stages = resolvedStages();
const inAccount = stages.filter(({ name }) => name !== 'local');
const local = stages.filter(({ name }) => name === 'local');
const propertiesOf = (block: JsonObject | undefined): JsonObject => objectAt(block, 'Properties');
const variablesOf = (block: JsonObject | undefined): JsonObject =>
  objectAt(objectAt(propertiesOf(block), 'Environment'), 'Variables');

describe('the webhook', () => {
  it.each(stages)('knows its secret by name alone in $name', ({ root }) => {
    const name = stringAt(propertiesOf(root['GithubWebhookSecret']), 'Name');

    expect(variablesOf(root['GithubWebhook'])['SECRET_NAME']).toBe(name);
    expect(JSON.stringify(variablesOf(root['GithubWebhook']))).not.toMatch(/token|local-webhook-secret/i);
  });

  it.each(inAccount)('has a secret that nobody knows in $name, and starts the workflow', ({ root }) => {
    const secret = propertiesOf(root['GithubWebhookSecret']);

    expect(secret).not.toHaveProperty('SecretString');
    expect(secret['GenerateSecretString']).toMatchObject({ GenerateStringKey: 'webhookSecret', PasswordLength: 48 });
    expect(variablesOf(root['GithubWebhook'])['DEPLOY_WITH']).toBe('github');
  });

  it.each(local)('has a fixed secret in $name, and starts nothing outside this machine', ({ root }) => {
    expect(propertiesOf(root['GithubWebhookSecret'])).not.toHaveProperty('GenerateSecretString');
    expect(variablesOf(root['GithubWebhook'])['DEPLOY_WITH']).toBe('log');
  });

  it.each(stages)('reaches no item of the table in $name but its own', ({ root }) => {
    const [policy] = propertiesOf(root['GithubWebhook'])['Policies'] as [{ Statement: JsonObject[] }];

    expect(policy.Statement[0]).toMatchObject({
      Action: ['dynamodb:PutItem', 'dynamodb:DeleteItem'],
      Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['DELIVERY#*'] } },
    });
  });

  it.each(stages)('has what expires deleted from the table in $name', ({ nested }) => {
    expect(propertiesOf(nested['Data']?.['Table'])['TimeToLiveSpecification']).toEqual({
      AttributeName: 'expiresAt',
      Enabled: true,
    });
  });
});
