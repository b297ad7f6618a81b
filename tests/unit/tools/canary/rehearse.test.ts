import { drawRehearsal } from '../../../../tools/canary/draw-rehearsal.ts';
import { rehearse, type Stageplay } from '../../../../tools/canary/rehearse.ts';
import type { Datapoint } from '../../../../tools/metrics/datapoint.ts';
import { describeRehearsal } from '../../../../tools/report/describe-rehearsal.ts';

const alarm = {
  AlarmName: 'aviary-users-version-errors-local',
  Namespace: 'aviary',
  MetricName: 'ErrorCount',
  Statistic: 'Sum',
  Period: 300,
  EvaluationPeriods: 1,
  Threshold: 1,
  ComparisonOperator: 'GreaterThanThreshold',
  TreatMissingData: 'notBreaching',
};
const failure: Datapoint = { namespace: 'aviary', name: 'ErrorCount', dimensions: {}, at: 0, value: 1, unit: 'Count' };

/** A new version of which one request in each minute fails. */
const aPlay = (over: Partial<Stageplay> = {}): Stageplay => ({
  name: 'users',
  type: 'Canary10Percent5Minutes',
  shares: [0.1, 0.1, 0.1, 0.1, 0.1],
  before: '1',
  after: '2',
  rate: 20,
  samples: { all: 6, refused: 0 },
  alarms: [alarm],
  askHook: () => Promise.resolve(undefined),
  send: (choice) => {
    const failing = choice.indexOf(true);
    const sent = choice.map((isNew, at) => ({ isNew, failed: at === failing, took: 10 }));
    return Promise.resolve({ sent, datapoints: [failure] });
  },
  ...over,
});

describe('rehearse', () => {
  it('takes back when an alarm is red, by the clock of the deployment', async () => {
    const rehearsal = await rehearse(aPlay());

    expect(rehearsal).toMatchObject({ result: 'rolledBack', requests: 40, failed: 2 });
    expect(rehearsal.minutes.map(({ before, after, alarms }) => [before.requests, after.failed, alarms])).toEqual([
      [18, 1, { [alarm.AlarmName]: 'OK' }],
      [18, 1, { [alarm.AlarmName]: 'ALARM' }],
    ]);
    expect(describeRehearsal(rehearsal)).toContain(
      'Rolled back in minute 2: aviary-users-version-errors-local went into ALARM; 2 of 40 requests failed.',
    );
    expect(drawRehearsal(rehearsal)).toMatch(/^<svg [^]*version-errors[^]*ALARM[^]*<\/svg>\n$/);
  });

  it('shifts where none is red, minute by minute', async () => {
    const told: number[] = [];
    const send: Stageplay['send'] = (choice) =>
      Promise.resolve({ sent: choice.map((isNew) => ({ isNew, failed: false, took: 10 })), datapoints: [] });

    const rehearsal = await rehearse(aPlay({ send, onMinute: ({ minute }) => told.push(minute) }));

    expect([rehearsal.result, rehearsal.failed, told]).toEqual(['shifted', 0, [1, 2, 3, 4, 5]]);
    expect(describeRehearsal(rehearsal)).toContain('All traffic shifted to the new version; 0 of 100 requests failed.');
    expect(describeRehearsal(rehearsal)).not.toContain('refused');
  });

  it('says how many of the samples reach nothing', async () => {
    const rehearsal = await rehearse(aPlay({ samples: { all: 6, refused: 4 } }));

    expect(describeRehearsal(rehearsal)).toContain('4 of 6 sample events are refused (4xx)');
  });

  it('sends nothing where the hook says no', async () => {
    const send = () => Promise.reject(new Error('There is nothing to send'));

    const rehearsal = await rehearse(aPlay({ send, askHook: () => Promise.resolve('it lists users: statusCode') }));

    expect(rehearsal).toMatchObject({ result: 'stopped', requests: 0, reason: 'it lists users: statusCode' });
    expect(describeRehearsal(rehearsal)).toContain('Stopped by the hook before any traffic moved');
    expect(drawRehearsal(rehearsal)).toContain('Stopped by the hook');
  });
});
