import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { repository } from '../../../support/cloud.ts';

const source = pathToFileURL(join(repository, 'tools', 'setup', 'lock.mjs')).href;

describe('withLock', () => {
  const folder = mkdtempSync(join(tmpdir(), 'aviary-lock-'));
  const lock = join(folder, 'sam.lock');
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  /** Runs a module with `lock`, `withLock` and `waiting` at hand: jest itself loads none. */
  const run = (code: string): { stdout: string; stderr: string } => {
    const head = `import { waiting, withLock } from ${JSON.stringify(source)};\nconst lock = ${JSON.stringify(lock)};\n`;
    return spawnSync(process.execPath, ['--input-type=module', '--eval', head + code], { encoding: 'utf8' });
  };

  it('lets one after the other work, and says once that it waits', () => {
    const { stdout, stderr } = run(`
      let end;
      const first = withLock(lock, waiting('SAM CLI'), async () => {
        console.log('first begins');
        await new Promise((resolve) => (end = resolve));
        console.log('first ends');
      });
      const second = withLock(lock, waiting('SAM CLI'), async () => console.log('second'));
      end();
      await Promise.all([first, second]);
    `);

    expect(stdout).toBe('first begins\nfirst ends\nsecond\n');
    expect(stderr).toBe('SAM CLI: another set-up is at it, waiting …\n');
    expect(existsSync(lock)).toBe(false);
  });

  it('is let go when the work fails', () => {
    const { stdout } = run(`
      const failing = withLock(lock, '', async () => { throw new Error('no network'); });
      await failing.catch((error) => console.log(error.message));
    `);

    expect(stdout).toBe('no network\n');
    expect(existsSync(lock)).toBe(false);
  });
});
