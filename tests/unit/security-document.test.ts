// Needs the sample domain, and goes with it: aviary begin.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = process.cwd();
const text = readFileSync(join(root, '.github', 'SECURITY.md'), 'utf8');

describe('.github/SECURITY.md', () => {
  it('names no file that is not there', () => {
    const named = [...text.matchAll(/`((?:\.github|docs|functions|infra|layers|tests|tools)\/[\w./-]+)`/g)];
    const linked = [...text.matchAll(/\]\(\.\.\/([\w./-]+)\)/g)];
    const paths = [...named, ...linked].map(([, path = '']) => path);

    expect(paths.length).toBeGreaterThan(20);
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it('says of each boundary what is left open', () => {
    const boundaries = text.split(/^### /m).slice(1);

    expect(boundaries.map((it) => it.split('\n')[0])).toEqual([
      'The API and whoever calls it',
      'GitHub',
      'Queues, streams and schedules',
      'The operator',
    ]);
    for (const boundary of boundaries) {
      expect(boundary).toContain('| held by');
      expect(boundary).toMatch(/^Open:\n\n- /m);
    }
  });
});
