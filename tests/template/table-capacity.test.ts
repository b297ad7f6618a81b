import { isList, isObject, objectAt, stringAt, type JsonObject } from '../../tools/lib/json.ts';
import { resourcesOfStage, type StageResource } from '../support/engine/every-option.ts';

const ofType = (resources: readonly StageResource[], type: string): JsonObject[] =>
  resources.filter((it) => it.type === type).map((it) => it.properties);
const tables = (resources: readonly StageResource[]): JsonObject[] => ofType(resources, 'AWS::DynamoDB::Table');
const indexes = (table: JsonObject): JsonObject[] => {
  const found = table['GlobalSecondaryIndexes'];
  return isList(found) ? found.filter(isObject) : [];
};
const begin = { ReadCapacityUnits: 5, WriteCapacityUnits: 5 };

describe('the capacity of tables', () => {
  let onDemand: StageResource[];
  let provisioned: StageResource[];
  let local: StageResource[];
  beforeAll(async () => {
    [onDemand = [], provisioned = []] = await resourcesOfStage('production', [{}, { TableCapacity: 'provisioned' }]);
    [local = []] = await resourcesOfStage('local', [{ TableCapacity: 'provisioned' }]);
  }, 60_000);

  it('is paid by request unless it is asked for, and always in the local stage', () => {
    for (const resources of [onDemand, local]) {
      expect(tables(resources)).not.toEqual([]);
      for (const table of tables(resources)) {
        expect(table['BillingMode']).toBe('PAY_PER_REQUEST');
        for (const it of [table, ...indexes(table)]) expect(it).not.toHaveProperty('ProvisionedThroughput');
      }
      expect(ofType(resources, 'AWS::ApplicationAutoScaling::ScalableTarget')).toEqual([]);
    }
  });

  it('begins small, for each table and each index', () => {
    for (const table of tables(provisioned)) {
      expect(table['BillingMode']).toBe('PROVISIONED');
      for (const it of [table, ...indexes(table)]) expect(it['ProvisionedThroughput']).toEqual(begin);
    }
  });

  it('follows the reads and writes of every table and every index', () => {
    // The main table's name is an output of its stack.
    const name = (table: JsonObject): string =>
      stringAt(table, 'TableName')?.includes('-events-') === true ? '${EventsTable}' : '${Data.Outputs.TableName}';
    const wanted = tables(provisioned).flatMap((table) => [
      ['table', `table/${name(table)}`],
      ...indexes(table).map((index) => ['index', `table/${name(table)}/index/${stringAt(index, 'IndexName') ?? ''}`]),
    ]);
    const capacities = ofType(provisioned, 'AWS::CloudFormation::Stack')
      .map((it) => objectAt(it, 'Parameters'))
      .filter((it) => 'ResourceId' in it);
    const given = capacities.map((it) => [it['Kind'], objectAt(it, 'ResourceId')['Fn::Sub']]);

    expect(given.map(String).sort()).toEqual(wanted.map(String).sort());
  });

  it('is moved between 5 and 40,000 where seventy of a hundred are used, up after one minute and down after five', () => {
    const targets = ofType(provisioned, 'AWS::ApplicationAutoScaling::ScalableTarget');
    const policies = ofType(provisioned, 'AWS::ApplicationAutoScaling::ScalingPolicy');

    expect(new Set(targets.map((it) => it['ScalableDimension']))).toEqual(
      new Set(
        ['table', 'index'].flatMap((kind) => ['Read', 'Write'].map((it) => `dynamodb:${kind}:${it}CapacityUnits`)),
      ),
    );
    for (const target of targets)
      expect(target).toMatchObject({ ServiceNamespace: 'dynamodb', MinCapacity: 5, MaxCapacity: 40_000 });
    for (const policy of policies)
      expect(objectAt(policy, 'TargetTrackingScalingPolicyConfiguration')).toMatchObject({
        TargetValue: 70,
        ScaleOutCooldown: 60,
        ScaleInCooldown: 300,
      });
    expect(policies).toHaveLength(targets.length);
  });
});
