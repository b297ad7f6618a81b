// Needs the sample domain, and goes with it: aviary begin.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sample } from '../../../../tools/begin/sample.ts';
import { objectAt } from '../../../../tools/lib/json.ts';
import { readTemplate } from '../../../../tools/template/read-template.ts';
import { repository } from '../../../support/engine/a-folder.ts';

describe('the sample domain', () => {
  it.each([...sample.functions.map((name) => `functions/${name}`), ...sample.shared])('has %s', (path) => {
    expect(existsSync(join(repository, path))).toBe(true);
  });

  it.each(Object.entries(sample.infra))('has all that is said of %s', (path, { Resources, Outputs }) => {
    const template = readTemplate(join(repository, path));

    expect(Object.keys(objectAt(template, 'Resources'))).toEqual(expect.arrayContaining([...Resources]));
    expect(Object.keys(objectAt(template, 'Outputs'))).toEqual(expect.arrayContaining([...Outputs]));
  });

  it.each(Object.entries(sample.edits))('is spoken of in %s, by each text that gives way', (path, edits) => {
    const text = readFileSync(join(repository, path), 'utf8');

    for (const [from] of edits) expect(text.match(from)).not.toBeNull();
  });
});
