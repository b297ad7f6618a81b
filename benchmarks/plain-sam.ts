import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { samRunner } from '../tools/lib/sam.ts';
import { ensureLocalBucket, localBucket } from '../tools/stack/local-bucket.ts';
import { localStage, readStage } from '../tools/template/read-stages.ts';
import type { Bench } from './bench.ts';

const settings = ['--config-env', localStage];

/** `sam build` and `sam deploy` of everything, as they are typed; each one takes its milliseconds. */
export interface PlainSam {
  readonly bucket: string;
  /** Forgets what was built. */
  readonly clean: () => void;
  readonly build: () => Promise<number>;
  readonly deploy: () => Promise<number>;
}

/** @param endpoint of the local cloud; nothing is asked of it before the deploy */
export function plainSam(bench: Bench, root: string, app: string, endpoint: string): PlainSam {
  const sam = samRunner(root, endpoint);
  const bucket = localBucket(app, readStage(root, localStage));
  const timed = async (...args: string[]): Promise<number> => {
    const { ms } = await bench.timedRun(`sam ${args.join(' ')}`, () => sam(args, { signal: bench.signal }));
    return ms;
  };
  return {
    bucket,
    clean: () => {
      rmSync(join(root, '.aws-sam'), { recursive: true, force: true });
    },
    build: () => timed('build', ...settings),
    deploy: () => timed('deploy', ...settings, '--s3-bucket', bucket, '--no-confirm-changeset'),
  };
}

/** The bucket that a team made once. */
export async function makeBucket(root: string, bucket: string, endpoint: string): Promise<void> {
  await ensureLocalBucket({ root, stage: readStage(root, localStage), endpoint }, bucket);
}
