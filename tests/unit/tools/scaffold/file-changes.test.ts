import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyChanges } from '../../../../tools/scaffold/file-changes.ts';
import { aFolder } from '../../../support/engine/a-folder.ts';

const changes = new Map([
  ['a/old.txt', undefined],
  ['b/new.txt', 'new'],
  ['kept.txt', 'other'],
]);
const folder = (): string => aFolder({ 'a/old.txt': 'old', 'kept.txt': 'kept' });

describe('applyChanges', () => {
  it('writes and deletes, and removes folders that are empty then', async () => {
    const root = folder();

    await applyChanges(root, changes, () =>
      Promise.resolve(new Map([['made.txt', readFileSync(join(root, 'kept.txt'), 'utf8')]])),
    );

    expect(readFileSync(join(root, 'b/new.txt'), 'utf8')).toBe('new');
    expect(readFileSync(join(root, 'made.txt'), 'utf8')).toBe('other');
    expect(existsSync(join(root, 'a'))).toBe(false);
  });

  it('puts everything back where a later step fails', async () => {
    const root = folder();

    const applied = applyChanges(root, changes, () => Promise.reject(new Error('does not compile')));

    await expect(applied).rejects.toThrow('does not compile');
    expect(readFileSync(join(root, 'a/old.txt'), 'utf8')).toBe('old');
    expect(readFileSync(join(root, 'kept.txt'), 'utf8')).toBe('kept');
    expect(existsSync(join(root, 'b'))).toBe(false);
  });

  it('puts everything back where a file cannot be written', async () => {
    const root = folder();

    const applied = applyChanges(root, new Map([...changes, ['kept.txt/below', 'x']]));

    await expect(applied).rejects.toThrow();
    expect(readFileSync(join(root, 'a/old.txt'), 'utf8')).toBe('old');
    expect(existsSync(join(root, 'b'))).toBe(false);
  });
});
