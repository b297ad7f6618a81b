import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { programsFolder } from '../../tools/lib/python-tools.ts';

const repository = join(import.meta.dirname, '..', '..');

/**
 * Jest's global set-up of the tests on the local cloud: the folder for what deployed-clone.ts makes once for all of them, and a
 * SAM CLI that is loaded once for all of their deploys.
 */
export default async function prepareSeed() {
  const folder = mkdtempSync(join(tmpdir(), 'aviary-seed-'));
  process.env.AVIARY_TEST_SEED = folder;
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  if (process.platform === 'win32') return;
  const socket = join(folder, 'sam');
  const program = join(repository, 'tools', 'lib', 'sam-server.py');
  // It ends when its standard input does, and so with this process.
  const child = spawn(join(programsFolder(repository, 'sam'), 'python'), [program, '--share', socket], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  child.unref();
  child.stdin.unref();
  child.stdout.unref();
  process.env.AVIARY_SHARED_SAM = socket;
}
