import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { alarmRules } from '../../tools/alarms/alarm-rules.ts';
import { versionAlarm } from '../../tools/generate/render-version-alarms.ts';
import { repository } from '../support/engine/a-folder.ts';
import { resolvedStages } from '../support/engine/stages.ts';
import { objectAt, stringAt } from '../../tools/lib/json.ts';

const folder = join(repository, 'docs', 'runbooks');
const read = (slug: string): string => readFileSync(join(folder, `${slug}.md`), 'utf8');
const slugs = readdirSync(folder)
  .map((file) => file.replace(/\.md$/, ''))
  .filter((slug) => slug !== 'README')
  .sort();
const rules = [...alarmRules, versionAlarm];
const linked = [...new Set(rules.map(({ runbook }) => runbook))].sort();
/** What `--help` prints, as the source has it: to load some commands takes what jest cannot load. */
const helpOf = (command: string): string => {
  const source = readFileSync(join(repository, 'tools', 'commands', `${command}.ts`), 'utf8');
  return source.split('export const help = `')[1]?.split('`;')[0] ?? '';
};

/** Calls of this product's command in a text, each as its words. */
const callsIn = (text: string): string[][] =>
  [...text.matchAll(/npm run (aviary|status|deploy|plan) -- ([^#`\n]*)/g)].map(([, script = '', rest = '']) =>
    `${script === 'aviary' ? '' : script} ${rest}`.trim().split(/\s+/),
  );

describe('runbooks', () => {
  it('are those that alarms link to', () => {
    expect(slugs).toEqual(linked);
  });

  it.each(resolvedStages({ DeployRepository: 'birds/aviary' }).filter(({ name }) => name !== 'local'))(
    'are linked by each alarm of $name, at the end of its description',
    ({ root, nested }) => {
      const alarms = [...Object.values(root), ...Object.values(nested['Alarms'] ?? {})].filter(
        ({ Type }) => Type === 'AWS::CloudWatch::Alarm',
      );

      expect(alarms.length).toBeGreaterThan(0);
      for (const alarm of alarms) {
        const description = stringAt(objectAt(alarm, 'Properties'), 'AlarmDescription') ?? '';
        const [, slug] =
          /https:\/\/github\.com\/birds\/aviary\/blob\/main\/docs\/runbooks\/(.+)\.md$/.exec(description) ?? [];
        expect([description, slugs]).toEqual([description, expect.arrayContaining([slug])]);
      }
    },
  );

  it.each(slugs)('%s says what it means, where to look, what it is, how to mend it, and what follows', (slug) => {
    const headings = read(slug).match(/^#+ .+$/gm);

    expect(headings?.[0]).toMatch(/^# .+/);
    expect(headings?.slice(1)).toEqual([
      '## What it means',
      '## Look first',
      '## Usual causes',
      '## Mend',
      '## Afterwards',
    ]);
  });

  it.each(slugs)('%s stands in the list with the priorities of its alarms', (slug) => {
    const row = read('README')
      .split('\n')
      .find((line) => line.includes(`(${slug}.md)`));
    const priorities = rules.filter(({ runbook }) => runbook === slug).map(({ priority }) => priority);

    expect(row?.match(/P\d/g)).toEqual([...new Set(priorities)].sort());
  });

  it.each([...slugs, 'README'])('%s calls commands that there are, with options that they have', (slug) => {
    for (const [name = '', ...words] of callsIn(read(slug))) {
      const help = helpOf(name);
      for (const option of words.filter((word) => word.startsWith('--'))) {
        expect([name, option, help.includes(option)]).toEqual([name, option, true]);
      }
    }
  });

  it.each([...slugs, 'README'])('%s links to pages that there are', (slug) => {
    for (const [, path = ''] of read(slug).matchAll(/\]\(([^):#]+\.md)\)/g)) {
      expect(() => readFileSync(join(folder, path))).not.toThrow();
    }
  });
});
