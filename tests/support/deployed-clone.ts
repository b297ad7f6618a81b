import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cloudDirectory, startCloud } from '../../tools/local/cloud.ts';
import { aviaryJson } from './aviary.ts';
import { Clone } from './clone.ts';

/**
 * A clone with the data of a local cloud to which it was deployed in its `.aviary`: a copy of the one that the first test
 * file to ask makes for all files of the run.
 */
export async function deployedClone(): Promise<Clone> {
  const folder = process.env['AVIARY_TEST_SEED'];
  if (folder === undefined) throw new Error('AVIARY_TEST_SEED comes from tests/support/deployed-seed.mjs');
  if (marks(folder, 'begun')) await makeSeed(folder).then(() => marks(folder, 'made'), failWith(folder));
  while (!existsSync(join(folder, 'made'))) {
    const failure = join(folder, 'failure');
    if (existsSync(failure)) throw new Error(`The first deploy of this run failed:\n${readFileSync(failure, 'utf8')}`);
    await sleep(50);
  }
  return new Clone({ of: join(folder, 'clone') });
}

/** Makes a mark in the folder. @returns false where another process has made it */
function marks(folder: string, mark: string): boolean {
  try {
    mkdirSync(join(folder, mark));
    return true;
  } catch {
    return false;
  }
}

const failWith =
  (folder: string) =>
  (error: unknown): void => {
    writeFileSync(join(folder, 'failure'), String(error));
  };

async function makeSeed(folder: string): Promise<void> {
  const { root } = new Clone({ at: folder });
  const cloud = await startCloud({ root, directory: cloudDirectory(root), port: 0, keep: true });
  try {
    await aviaryJson(root, ['deploy']);
  } finally {
    await cloud.stop();
  }
}
