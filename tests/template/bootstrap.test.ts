import { readFileSync } from 'node:fs';
import { objectAt, stringAt } from '../../tools/lib/json.ts';
import { samRunner } from '../../tools/lib/sam.ts';
import {
  account,
  file,
  list,
  policies,
  properties,
  resolved,
  staging,
  statements,
} from '../support/bootstrap-template.ts';
import { repository as root } from '../support/cloud.ts';

test('the artifact bucket is versioned, encrypted, closed, and drops old versions after 30 days', () => {
  expect(properties('Artifacts')).toMatchObject({
    BucketName: `aviary-artifacts-staging-${account}`,
    VersioningConfiguration: { Status: 'Enabled' },
    BucketEncryption: {
      ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
    },
    OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    },
  });
  expect(list(objectAt(properties('Artifacts'), 'LifecycleConfiguration')['Rules'])).toContainEqual({
    Id: 'old-versions',
    Status: 'Enabled',
    NoncurrentVersionExpiration: { NoncurrentDays: 30 },
  });
});

test('the artifact bucket refuses plain HTTP', () => {
  const own = (path: string): unknown => ({ 'Fn::Sub': `arn:aws:s3:::\${Artifacts}${path}` });

  expect(statements('ArtifactsPolicy')).toEqual([
    {
      Sid: 'OnlyOverTls',
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: [own(''), own('/*')],
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  ]);
});

test('what holds something stays when the stack goes', () => {
  const kept = Object.entries(staging).filter(([, block]) => block['DeletionPolicy'] === 'Retain');

  expect(kept.map(([id]) => id)).toEqual(['Provider', 'Artifacts']);
});

test('each star in a policy has its reason beside it', () => {
  const lines = readFileSync(file, 'utf8').split('\n');
  const without = lines.flatMap((line, at) => {
    const value = line.trim();
    if (value.startsWith('#') || value.startsWith('AllowedPattern:') || !value.includes('*')) return [];
    let above = at - 1;
    // A list has its reason on top, or before the item.
    while (above > 0 && lines[above]?.trim().startsWith('- ') === true) above -= 1;
    if (/^[A-Za-z:]+:$/u.test(lines[above]?.trim() ?? '')) above -= 1;
    while (/^# (?!Star:)/.test(lines[above]?.trim() ?? '')) above -= 1;
    return /# Star: \S/.test(lines[above] ?? '') ? [] : [`${String(at + 1)}: ${value}`];
  });

  expect(without).toEqual([]);
});

test.each(policies)('%s is within the size that IAM takes, for the longest names', (id) => {
  const long = resolved('s'.repeat(16), {
    App: 'a'.repeat(21),
    Organization: 'o'.repeat(39),
    Repository: 'r'.repeat(100),
  });
  const block = long[id];
  const own = objectAt(block, 'Properties');
  const managed = stringAt(block, 'Type') === 'AWS::IAM::ManagedPolicy';
  const size = JSON.stringify(managed ? own['PolicyDocument'] : own['Policies']).replaceAll(/\s/g, '').length;

  // IAM quotas, in characters without white space: a managed policy, and all policies of a role's own.
  expect(size).toBeLessThan(managed ? 6_144 : 10_240);
});

test('cfn-lint finds nothing', async () => {
  // An address at which nobody answers: this looks at the file alone.
  const { code, stdout } = await samRunner(root, 'http://127.0.0.1:9')(['validate', '--lint', '-t', file]);

  expect([code, stdout]).toEqual([0, expect.stringContaining('is a valid SAM Template')]);
});
