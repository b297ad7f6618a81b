import { objectAt, type JsonObject } from '../../tools/lib/json.ts';
import { resourcesOfStage, type StageResource } from '../support/engine/every-option.ts';
import { resolvedStages } from '../support/engine/stages.ts';

const reserved = (resources: readonly StageResource[]): unknown[] =>
  resources
    .filter(({ type }) => type === 'AWS::Lambda::Function')
    .map((it) => it.properties['ReservedConcurrentExecutions']);
const scaled = (resources: readonly StageResource[]): JsonObject[] =>
  resources.filter(({ type }) => type.startsWith('AWS::ApplicationAutoScaling::')).map((it) => it.properties);

/** The stack of each function whose environments are kept ready is called so, and the function after that. */
const prefix = 'ConcurrencyOf';
const production = resolvedStages({ ProvisionedConcurrency: 'on' }).find(({ name }) => name === 'production');
const keptReady = Object.entries(production?.root ?? {}).filter(([id]) => id.startsWith(prefix));

describe('the environments of functions', () => {
  let plain: StageResource[];
  let kept: StageResource[];
  beforeAll(async () => {
    [plain = [], kept = []] = await resourcesOfStage('production', [
      {},
      { ReservedConcurrency: '20', ProvisionedConcurrency: 'on' },
    ]);
  }, 60_000);

  it('are those of the account in common, and none is kept ready, unless it is asked for', () => {
    expect(new Set(reserved(plain))).toEqual(new Set([undefined]));
    expect(scaled(plain)).toEqual([]);
  });

  it('are so many of each function where they are reserved', () => {
    expect(new Set(reserved(kept).map(Number))).toEqual(new Set([20]));
  });

  it('are kept ready, 5 to 100, where seventy of a hundred are busy, of what stands before an answer', () => {
    const targets = scaled(kept).filter((it) => 'MinCapacity' in it);
    const policies = scaled(kept).filter((it) => 'PolicyType' in it);

    expect(targets).toHaveLength(keptReady.length);
    for (const target of targets)
      expect(target).toMatchObject({
        ServiceNamespace: 'lambda',
        ScalableDimension: 'lambda:function:ProvisionedConcurrency',
        MinCapacity: 5,
        MaxCapacity: 100,
      });
    for (const policy of policies)
      expect(objectAt(policy, 'TargetTrackingScalingPolicyConfiguration')).toEqual({
        TargetValue: 0.7,
        PredefinedMetricSpecification: { PredefinedMetricType: 'LambdaProvisionedConcurrencyUtilization' },
      });
    expect(policies).toHaveLength(keptReady.length);
  });

  it('are of the alias that callers reach, which is there before', () => {
    expect(keptReady).not.toEqual([]);
    for (const [id, block] of keptReady) {
      const { Alias } = objectAt(objectAt(block, 'Properties'), 'Parameters');
      expect(Alias).toEqual({ Ref: `${id.replace(prefix, '')}.Alias` });
    }
  });
});
