// Needs the sample domain, and goes with it: aviary begin.
import { alarmRules } from '../../tools/alarms/alarm-rules.ts';
import { subjectsOf } from '../../tools/generate/render-alarms.ts';
import { repository } from '../support/engine/a-folder.ts';

test('Every alarm rule is one that something in the repository has use for', () => {
  const subjects = subjectsOf(repository);
  const idle = alarmRules.filter(
    ({ of, only }) => !subjects.some(({ kinds, name }) => kinds.includes(of) && (only ?? name) === name),
  );

  expect(idle).toEqual([]);
});
