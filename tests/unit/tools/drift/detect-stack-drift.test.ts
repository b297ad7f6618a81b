import { isSetByHand, type DriftedResource } from '../../../../tools/drift/detect-stack-drift.ts';

const setting: DriftedResource = {
  stack: 'aviary-staging-Config',
  logicalId: 'OrdersMaxLines',
  type: 'AWS::SSM::Parameter',
  status: 'MODIFIED',
  properties: ['/Value'],
};

describe('a resource that is not as CloudFormation made it', () => {
  it('is set by hand where it is a setting with another value', () => {
    expect(isSetByHand(setting)).toBe(true);
  });

  it.each<[string, Partial<DriftedResource>]>([
    ['a setting that may be something else', { properties: ['/Value', '/AllowedPattern'] }],
    ['a setting that is gone', { status: 'DELETED', properties: [] }],
    ['another resource', { type: 'AWS::SQS::Queue' }],
  ])('has drifted where it is %s', (_what, parts) => {
    expect(isSetByHand({ ...setting, ...parts })).toBe(false);
  });
});
