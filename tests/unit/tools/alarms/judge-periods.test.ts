import type { Alarm, MissingData } from '../../../../tools/alarms/alarm-properties.ts';
import { judgePeriods, type AlarmState } from '../../../../tools/alarms/judge-periods.ts';

const alarm = (datapointsToAlarm: number, missing: MissingData): Alarm => ({
  name: 'a',
  series: {},
  watched: 'm',
  period: 60,
  evaluationPeriods: 3,
  datapointsToAlarm,
  threshold: 0,
  operator: 'GreaterThanThreshold',
  missing,
});

/** `X` breaches, `0` does not, `-` is missing. */
const values = (text: string) => text.split(' ').map((it) => (it === '-' ? undefined : it === 'X' ? 1 : 0));
const states: Readonly<Record<string, AlarmState>> = { A: 'ALARM', O: 'OK', I: 'INSUFFICIENT_DATA' };

/** What missing, ignore, breaching and notBreaching make of it; R retains the state. */
const treatments = ['missing', 'ignore', 'breaching', 'notBreaching'] as const;

describe('judgePeriods', () => {
  // The tables of "Configuring how CloudWatch alarms treat missing data".
  it.each([
    [3, '0 - X - X', 'O O O O'],
    [3, '0 - - - -', 'O O O O'],
    [3, '- - - - -', 'I R A O'],
    [3, '0 X X - X', 'A A A A'],
    [3, '- - X - -', 'A R A O'],
    [2, '0 - X - X', 'A A A A'],
    [2, '0 0 X 0 X', 'A A A A'],
    [2, '0 - X - -', 'O O A O'],
    [2, '- - - - 0', 'O O A O'],
    [2, '- - - X -', 'A R A O'],
    // "Avoiding premature transitions to alarm state": the next value may be better.
    [2, '- - - - X', 'O R A O'],
  ])('of %i breaches in three periods, with %s, takes %s', (datapoints, text, expected) => {
    for (const current of ['OK', 'ALARM'] as const) {
      const found = treatments.map((missing) => judgePeriods(alarm(datapoints, missing), values(text), current));
      expect(found).toEqual(expected.split(' ').map((letter) => states[letter] ?? current));
    }
  });

  it.each([
    ['GreaterThanThreshold', 5, 'OK'],
    ['GreaterThanOrEqualToThreshold', 5, 'ALARM'],
    ['LessThanThreshold', 5, 'OK'],
    ['LessThanOrEqualToThreshold', 5, 'ALARM'],
    ['LessThanThreshold', 4, 'ALARM'],
  ] as const)('%s of 5 with a value of %i', (operator, value, state) => {
    const one = { ...alarm(1, 'missing'), evaluationPeriods: 1, operator, threshold: 5 };
    expect(judgePeriods(one, [undefined, undefined, value], 'OK')).toBe(state);
  });
});
