import { thisRun, type Run } from '../../../tools/lock/run.ts';

/** A run on another machine, that nobody can look after. */
export const aRun = (values: Partial<Run> = {}): Run => ({
  ...thisRun({}, ['node', 'aviary', 'deploy']),
  who: 'ann@laptop',
  since: '2026-01-02T14:02:00.000Z',
  processSpace: 'another machine',
  ...values,
});
