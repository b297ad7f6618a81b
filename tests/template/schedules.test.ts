import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { job } from '../../functions/scheduled/schema.ts';
import { objectAt, stringAt } from '../../tools/lib/json.ts';
import { repository } from '../support/engine/a-folder.ts';
import { resolvedStages } from '../support/engine/stages.ts';

const schedules = resolvedStages().flatMap(({ name, root }) =>
  Object.entries(objectAt(objectAt(root['Scheduled'], 'Properties'), 'Events')).map(([id, event]) => ({
    title: `${id} in ${name}`,
    properties: objectAt(event, 'Properties'),
  })),
);

describe('the schedules', () => {
  it.each(schedules)('$title asks for a job that there is', ({ properties }) => {
    const input: unknown = JSON.parse(stringAt(properties, 'Input') ?? '');

    expect(job.safeParse(input)).toMatchObject({ success: true });
  });

  it('ask for every job, each as its sample event does', () => {
    const inputs = schedules.map(({ properties }) => stringAt(properties, 'Input'));
    const samples = ['order-summary', 'clean-up'].map((name) => {
      const text = readFileSync(join(repository, 'functions/scheduled/events', `${name}.json`), 'utf8');
      return JSON.stringify(JSON.parse(text));
    });

    expect([...new Set(inputs)]).toEqual(samples);
    expect(samples).toHaveLength(job.options.length);
  });
});
