import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Cloud, type CloudOptions, startCloud } from '../../tools/local/cloud.ts';
import { localEnvironment } from '../../tools/local/environment.ts';

/** The repository that the tests belong to. */
export const repository = resolve(__dirname, '..', '..');

export interface TestCloud {
  /** Valid from the first `beforeAll` on. */
  readonly endpoint: string;
  readonly port: number;
  /** The cloud's folder: record, log and data. */
  readonly directory: string;
  /** The environment of a child process that is to reach this cloud, and no real account. */
  readonly env: NodeJS.ProcessEnv;
}

/** Gives the test file a local cloud of its own, on a free port, from before its first test until after its last. */
export function useCloud(options: Partial<Omit<CloudOptions, 'directory' | 'port'>> = {}): TestCloud {
  const directory = mkdtempSync(join(tmpdir(), 'aviary-cloud-'));
  let cloud: Cloud | undefined;
  const started = (): Cloud => {
    if (cloud === undefined) throw new Error('The cloud starts in beforeAll: use it in a test or a later hook.');
    return cloud;
  };
  beforeAll(async () => {
    cloud = await startCloud({ root: repository, ...options, directory, port: 0 });
  });
  afterAll(async () => {
    await cloud?.stop();
    rmSync(directory, { recursive: true, force: true });
  });
  return {
    directory,
    get endpoint() {
      return started().endpoint;
    },
    get port() {
      return started().port;
    },
    get env() {
      return localEnvironment(started().endpoint);
    },
  };
}
