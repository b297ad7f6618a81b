// Needs the sample domain, and goes with it: aviary begin.
import { evaluateAlarm } from '../../../../tools/alarms/evaluate-alarm.ts';
import { alarmIn, readCanaryRules } from '../../../../tools/canary/canary-rules.ts';
import type { JsonObject } from '../../../../tools/lib/json.ts';
import type { Datapoint } from '../../../../tools/metrics/datapoint.ts';
import { repository } from '../../../support/engine/a-folder.ts';

const version = '7';
const live = { FunctionName: 'aviary-users-local', Resource: 'aviary-users-local:live' };
const ofLambda = (name: string, value: number, dimensions: Record<string, string>): Datapoint => ({
  namespace: 'AWS/Lambda',
  name,
  dimensions,
  at: 30_000,
  value,
  unit: 'Count',
});
const newOne = { ...live, ExecutedVersion: version };
const failure = (of: string): Datapoint => ({
  ...ofLambda('ErrorCount', 1, { service: 'users', stage: 'local', version: of }),
  namespace: 'aviary',
});

describe('the gate of a canary, as the template has it for production', () => {
  const { type, alarms } = readCanaryRules(repository, 'users');
  const here = alarms.map((alarm) => alarmIn(alarm, ['production', 'local'], version));
  const red = (datapoints: Datapoint[]): unknown[] => here.filter((alarm) => isRed(alarm, datapoints)).map(nameOf);
  const nameOf = (alarm: JsonObject): unknown => alarm['AlarmName'];
  const isRed = (alarm: JsonObject, datapoints: Datapoint[]): boolean =>
    evaluateAlarm(alarm, datapoints, { from: 0, to: 60_000 }).at(-1)?.state === 'ALARM';
  const times = (count: number, datapoint: Datapoint): Datapoint[] => Array.from({ length: count }, () => datapoint);

  it('is the alarm of the alias and those of the new version', () => {
    expect([type, here.map(nameOf)]).toEqual([
      'Canary10Percent5Minutes',
      ['aviary-users-errors-local', 'aviary-users-version-errors-local', 'aviary-users-version-duration-local'],
    ]);
  });

  it.each([
    ['one failure of the new version', [failure(version)], []],
    ['two that it answered', times(2, failure(version)), ['aviary-users-version-errors-local']],
    ['two that it threw', times(2, ofLambda('Errors', 1, newOne)), ['aviary-users-version-errors-local']],
    ['two of the old version', times(2, failure('6')), []],
    ['one that it threw, and counted itself', [failure(version), ofLambda('Errors', 1, newOne)], []],
    ['four of the alias', times(4, ofLambda('Errors', 1, live)), ['aviary-users-errors-local']],
  ])('goes off by %s', (_what, datapoints, names) => {
    expect(red(datapoints)).toEqual(names);
  });

  const slow = ['aviary-users-version-duration-local'];
  it.each([
    ['five requests over a second, twice as slow', 5, 1_100, 500, slow],
    ['four of them', 4, 1_100, 500, []],
    ['requests of less than a second', 5, 900, 100, []],
    ['requests that are slow in both versions', 5, 1_100, 1_000, []],
    // Lambda draws lots, so a tenth is now less and now more; and a linear deployment goes on to all.
    ['slow requests that are more than a tenth', 15, 1_100, 500, slow],
    ['slow requests that are nearly all', 900, 1_100, 500, slow],
  ])('knows %s', (_what, requests, duration, before, names) => {
    const durations = (count: number, value: number, dimensions: Record<string, string>): Datapoint[] =>
      times(count, ofLambda('Duration', value, dimensions));
    const own = [newOne, live].flatMap((dimensions) => durations(requests, duration, dimensions));

    expect(red([...own, ...durations(90, before, live)])).toEqual(names);
  });

  it('does not judge how fast a version is that has no other beside it', () => {
    const own = [newOne, live].flatMap((dimensions) => times(50, ofLambda('Duration', 9_000, dimensions)));

    expect(red(own)).toEqual([]);
  });

  it('does not count what an authorizer throws, which is how it refuses', () => {
    const [, errors] = readCanaryRules(repository, 'authorizer').alarms;

    expect(JSON.stringify(errors)).toContain('ErrorCount');
    expect(JSON.stringify(errors)).not.toContain('AWS/Lambda');
  });
});
