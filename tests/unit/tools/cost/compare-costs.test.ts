// Needs the sample domain, and goes with it: aviary begin.
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareCosts } from '../../../../tools/cost/compare-costs.ts';
import { aFolder, repository } from '../../../support/engine/a-folder.ts';

/** A copy of what stages are made from, with a change of a file. */
function aTree(path?: string, from = '', to = ''): string {
  const root = aFolder();
  for (const name of ['template.yaml', 'samconfig.toml', 'infra'])
    cpSync(join(repository, name), join(root, name), { recursive: true });
  if (path === undefined) return root;
  const text = readFileSync(join(root, path), 'utf8');
  if (!text.includes(from)) throw new Error(`${path} has no ${from}`);
  writeFileSync(join(root, path), text.replace(from, to));
  return root;
}

describe('the cost of a change', () => {
  it('is nothing where nothing that costs changes', () => {
    expect(compareCosts(aTree(), aTree('template.yaml', 'Timeout: 30', 'Timeout: 29'))).toEqual([]);
  });

  it('is told for the stage that has it alone, and by resource', () => {
    const changed = aTree('samconfig.toml', '["Stage=production",', '["Stage=production", "Waf=on",');

    const [change, ...others] = compareCosts(aTree(), changed);

    expect(others).toEqual([]);
    expect(change?.stage).toBe('production');
    expect(change?.parts.map(({ where }) => where)).toEqual([
      'Firewall/WebAcl',
      'Firewall/Logs',
      'Alarms/FirewallBlocks',
    ]);
    const difference = change?.parts.reduce((sum, part) => sum + part.difference, 0) ?? 0;
    expect(change?.parts[0]?.difference).toBeCloseTo(11.6);
    expect((change?.after ?? 0) - (change?.before ?? 0)).toBeCloseTo(difference);
  });

  it('is below zero where something goes', () => {
    const more = aTree('template.yaml', '512, 256]', '1024, 256]');

    const [change] = compareCosts(more, aTree());

    expect(change?.after).toBeLessThan(change?.before ?? 0);
    expect(change?.parts.every(({ difference }) => difference < 0)).toBe(true);
    expect(change?.parts.map(({ where }) => where)).toContain('Users');
  });
});
