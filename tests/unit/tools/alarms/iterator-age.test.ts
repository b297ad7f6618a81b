// Needs the sample domain, and goes with it: aviary begin.
import { evaluateAlarm } from '../../../../tools/alarms/evaluate-alarm.ts';
import { objectAt, stringAt, type JsonObject } from '../../../../tools/lib/json.ts';
import { resolvedStages } from '../../../support/engine/stages.ts';

const minute = 60_000;
const functionName = 'aviary-user-activity-production';

/** The rule of production for the age of what a stream's function reads, which the local cloud has no metric of. */
function alarm(): JsonObject {
  const production = resolvedStages().find(({ name }) => name === 'production');
  const found = Object.values(production?.nested['Alarms'] ?? {})
    .map((block) => objectAt(block, 'Properties'))
    .find((it) => stringAt(it, 'AlarmName') === 'aviary-user-activity-iterator-age-production');
  if (!found) throw new Error('There is no alarm of the age of records');
  return found;
}

const stateAt = (ages: readonly number[]): string | undefined => {
  const datapoints = ages.map((value, at) => ({
    ...{ namespace: 'AWS/Lambda', name: 'IteratorAge', unit: 'Milliseconds' },
    dimensions: { FunctionName: functionName, Resource: `${functionName}:live` },
    ...{ at: (at + 0.5) * minute, value },
  }));
  return evaluateAlarm(alarm(), datapoints, { from: 0, to: 10 * minute })
    .filter(({ at }) => at <= 6 * minute)
    .map(({ state }) => state)
    .at(-1);
};

describe('the alarm of a stream whose function is behind', () => {
  it.each([
    ['nothing is read', [], 'OK'],
    ['what is read is fresh', [200, 900, 40], 'OK'],
    ['a record has waited for just as long as it may', [300_000], 'OK'],
    ['one record has waited for longer', [200, 300_001, 100], 'ALARM'],
    ['each batch is older than the one before', [100_000, 200_000, 310_000, 420_000], 'ALARM'],
  ])('where %s is %s', (_what, ages, state) => {
    expect(stateAt(ages)).toBe(state);
  });
});
