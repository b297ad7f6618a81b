import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

/** Jest's global set-up of the tests on the local cloud: the folder for what deployed-clone.ts makes once for all of them. */
export default function prepareSeed() {
  const folder = mkdtempSync(join(tmpdir(), 'aviary-seed-'));
  process.env.AVIARY_TEST_SEED = folder;
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
}
