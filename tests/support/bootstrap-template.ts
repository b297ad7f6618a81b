import { join } from 'node:path';
import { isList, isObject, objectAt, type Json, type JsonObject } from '../../tools/lib/json.ts';
import { readTemplate } from '../../tools/template/read-template.ts';
import { resolveTemplate } from '../../tools/template/resolve-template.ts';
import { repository as root } from './cloud.ts';

export const file = join(root, 'infra', 'bootstrap.yaml');
export const account = '123456789012';
const pseudo = (name: string): JsonObject => ({ Type: 'String', Default: name });

/** The template for one stage, with the account's own values put in. */
export function resolved(stage: string, overrides: Readonly<Record<string, string>> = {}): Record<string, JsonObject> {
  const template = readTemplate(file);
  const Parameters = {
    ...objectAt(template, 'Parameters'),
    'AWS::AccountId': pseudo(account),
    'AWS::Partition': pseudo('aws'),
    'AWS::Region': pseudo('eu-west-1'),
  };
  const { resources } = resolveTemplate(
    { ...template, Parameters },
    {
      App: 'aviary',
      Stage: stage,
      Regions: 'eu-west-1',
      NameEnd: stage === 'preview' ? 'pr-*' : stage,
      Organization: 'birds',
      Repository: 'aviary',
      OrganizationId: '123456',
      RepositoryId: '456789',
      RoleName: `GitHubActions-Aviary-${stage === 'staging' ? 'Staging' : 'Production'}`,
      ...overrides,
    },
  );
  return { ...resources };
}

/** What has policies in it: all roles of a stage, and their boundaries. */
export const policies = [
  'DeployRole',
  'ReadRole',
  'PullRequestRole',
  'ServiceRole',
  'ServiceBoundary',
  'Boundary',
  'CodeDeployRole',
];

export const staging = resolved('staging');
export const properties = (id: string, from = staging): JsonObject => objectAt(from[id], 'Properties');
export const list = (value: Json | undefined): readonly Json[] =>
  isList(value) ? value : value === undefined ? [] : [value];
export const texts = (value: Json | undefined): string[] => list(value).map(String);

/** Statements of a role's own policies, or of a managed policy. */
export function statements(id: string, from = staging): JsonObject[] {
  const own = properties(id, from);
  const documents = own['PolicyDocument']
    ? [objectAt(own, 'PolicyDocument')]
    : list(own['Policies']).map((policy) => objectAt(policy, 'PolicyDocument'));
  return documents.flatMap((document) => list(document['Statement'])).filter((each) => isObject(each));
}

/** Whether a pattern of IAM, with its stars and question marks, has an ARN in it. */
export function fits(pattern: string, arn: string): boolean {
  const expression = pattern
    .replace(/[.+^$(){}|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${expression}$`).test(arn);
}
