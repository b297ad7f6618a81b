import { objectAt, type JsonObject } from '../../tools/lib/json.ts';
import { everyOption } from '../support/engine/every-option.ts';
import { resolvedStages } from '../support/engine/stages.ts';

const lists = { AllowedAddresses: '192.0.2.0/24', BlockedAddresses: '198.51.100.7/32', BlockedCountries: 'AQ,BV' };
const firewall = (overrides: Readonly<Record<string, string>>, stage = 'production'): Record<string, JsonObject> => {
  const nested = resolvedStages(overrides).find(({ name }) => name === stage)?.nested['Firewall'] ?? {};
  return Object.fromEntries(Object.entries(nested).map(([id, block]) => [id, objectAt(block, 'Properties')]));
};
const rulesOf = ({ WebAcl }: Record<string, JsonObject>): JsonObject[] => (WebAcl?.['Rules'] ?? []) as JsonObject[];
const full = firewall({ ...everyOption, ...lists });
const rule = (name: string): JsonObject => rulesOf(full).find((it) => it['Name'] === name) ?? {};

describe('the firewall', () => {
  it('is not there unless it is asked for', () => {
    for (const { root } of resolvedStages()) expect(root['Firewall']).toBeUndefined();
  });

  it('stands in front of the stage of the API, when that is there', () => {
    const { root } = resolvedStages(everyOption).find(({ name }) => name === 'staging') ?? {};

    expect(objectAt(objectAt(root?.['Firewall'], 'Properties'), 'Parameters')['ApiStageArn']).toEqual({
      'Fn::Sub': 'arn:${AWS::Partition}:apigateway:${AWS::Region}::/restapis/${Api}/stages/${Api.Stage}',
    });
    expect(full['Association']?.['WebACLArn']).toEqual({ 'Fn::GetAtt': ['WebAcl', 'Arn'] });
  });

  it('asks in the order that its template explains', () => {
    const order = rulesOf(full).map((it) => [it['Priority'], it['Name'], Object.keys(objectAt(it, 'Action'))[0]]);

    expect(order).toEqual([
      [10, 'blocked-addresses', 'Block'],
      [20, 'known-bad-inputs', undefined],
      [30, 'sql-injection', undefined],
      [40, 'core', undefined],
      [50, 'allowed-addresses', 'Allow'],
      [60, 'blocked-countries', 'Block'],
      [70, 'rate', 'Block'],
    ]);
    expect(full['WebAcl']?.['DefaultAction']).toEqual({ Allow: {} });
  });

  it.each([
    ['known-bad-inputs', 'AWSManagedRulesKnownBadInputsRuleSet'],
    ['sql-injection', 'AWSManagedRulesSQLiRuleSet'],
    ['core', 'AWSManagedRulesCommonRuleSet'],
  ])('%s blocks as AWS says, everywhere but at the webhook', (name, Name) => {
    const managed = objectAt(objectAt(rule(name), 'Statement'), 'ManagedRuleGroupStatement');
    const left = objectAt(objectAt(objectAt(managed, 'ScopeDownStatement'), 'NotStatement'), 'Statement');

    expect(rule(name)['OverrideAction']).toEqual({ None: {} });
    expect(managed).toMatchObject({ VendorName: 'AWS', Name });
    expect(left['ByteMatchStatement']).toMatchObject({
      FieldToMatch: { UriPath: {} },
      PositionalConstraint: 'EXACTLY',
      SearchString: '/production/webhooks/github',
    });
  });

  it('refuses an address after 2000 requests in five minutes', () => {
    expect(rule('rate')['Statement']).toEqual({
      RateBasedStatement: { AggregateKeyType: 'IP', EvaluationWindowSec: 300, Limit: 2000 },
    });
  });

  it('has the lists of the parameters', () => {
    expect(full['Allowed']?.['Addresses']).toEqual(['192.0.2.0/24']);
    expect(full['Blocked']?.['Addresses']).toEqual(['198.51.100.7/32']);
    expect(rule('blocked-countries')['Statement']).toEqual({ GeoMatchStatement: { CountryCodes: ['AQ', 'BV'] } });
  });

  it('has empty sets, and no rule on countries, without lists', () => {
    const plain = firewall(everyOption);

    expect([plain['Allowed']?.['Addresses'], plain['Blocked']?.['Addresses']]).toEqual([[], []]);
    expect(rulesOf(plain).map((it) => it['Name'])).not.toContain('blocked-countries');
  });

  it.each([{ BlockedCountries: 'de' }, { BlockedAddresses: 'example.com' }, { AllowedAddresses: '192.0.2.0/24,' }])(
    'is refused with a list in another form: %p',
    (wrong) => {
      expect(() => firewall({ ...everyOption, ...wrong })).toThrow('it must match');
    },
  );

  it('counts each rule under a name with the stage, and keeps no sample of a request', () => {
    const views = [...rulesOf(full), full['WebAcl'] ?? {}].map((it) => objectAt(it, 'VisibilityConfig'));

    expect(new Set(views.map((it) => it['MetricName'])).size).toBe(views.length);
    for (const view of views) {
      expect(view).toMatchObject({ CloudWatchMetricsEnabled: true, SampledRequestsEnabled: false });
      expect(view['MetricName']).toMatch(/^aviary-.+-production$/);
    }
  });

  it('logs what it refuses, for as long as other logs are kept, without what proves who calls', () => {
    expect(full['Logs']).toMatchObject({ LogGroupName: 'aws-waf-logs-aviary-production', RetentionInDays: 14 });
    expect(full['Logging']?.['RedactedFields']).toEqual(
      ['authorization', 'cookie', 'x-api-key'].map((Name) => ({ SingleHeader: { Name } })),
    );
    expect(objectAt(full['Logging'], 'LoggingFilter')['DefaultBehavior']).toBe('DROP');
  });
});
