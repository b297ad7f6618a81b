// Needs the sample domain, and goes with it: aviary begin.
import { join } from 'node:path';
import { sample } from '../../tools/begin/sample.ts';
import { run } from '../../tools/lib/process.ts';
import { aviary, aviaryJson } from '../support/aviary.ts';
import { Clone } from '../support/clone.ts';

interface Started {
  readonly functions: readonly { readonly name: string }[];
  readonly checks: readonly { readonly name: string; readonly ok: boolean }[];
}

describe('aviary begin', () => {
  let clone: Clone;
  beforeAll(() => {
    clone = new Clone();
  });
  afterAll(() => {
    clone.delete();
  });

  it('deletes nothing of what git does not have', async () => {
    clone.edit('functions/users/handler.ts', /$/, '// A thought.\n');

    const { code, stderr } = await aviary(clone.root, ['begin']);

    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining('git does not have these as they are: functions/users/'),
    ]);
    clone.reset();
  });

  it('says what would go, and deletes nothing, when it is asked to', async () => {
    const { stdout } = await aviary(clone.root, ['begin', '--dry-run']);

    expect(stdout).toMatch(/^Would take the sample domain away: analytics, .+users\.\n\d+ files, \d+ of them tests/);
    expect(clone.git('status', '--porcelain')).toBe('');
  });

  describe('done', () => {
    beforeAll(async () => {
      await aviaryJson(clone.root, ['begin']);
    });

    it('leaves what compiles, with all that is generated as it is to be', async () => {
      const tsc = join(clone.root, 'node_modules', 'typescript', 'bin', 'tsc');

      expect((await run(process.execPath, [tsc, '--noEmit'], { cwd: clone.root })).stdout).toBe('');
      expect((await aviary(clone.root, ['generate', '--check'])).code).toBe(0);
    });

    it('leaves what deploys, and answers the sample events of all that stays', async () => {
      const { stdout } = await aviary(clone.root, ['start', '--check', '--port', '0']);

      const { functions, checks } = JSON.parse(stdout) as Started;
      expect(functions.map(({ name }) => name)).toEqual(expect.arrayContaining(['authorizer', 'health']));
      expect(functions.filter(({ name }) => sample.functions.some((it) => it === name))).toEqual([]);
      expect(checks.filter(({ ok }) => !ok)).toEqual([]);
    });
  });
});
