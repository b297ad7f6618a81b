import { Failure } from '../lib/failure.ts';
import type { RunSam } from '../lib/sam.ts';
import { startSamServer } from '../lib/sam-server.ts';
import type { Connection } from './connection.ts';
import { readFailures } from './read-failures.ts';

export interface RunSamOptions {
  /** A SAM CLI that is loaded already, where there is one. */
  readonly runSam?: RunSam;
  readonly signal?: AbortSignal;
  /** Gets each line that SAM prints. */
  readonly onLine: (line: string) => void;
}

/** As {@link RunSamOptions}, with the SAM CLI that is loaded. */
export type LoadedSamOptions = RunSamOptions & Required<Pick<RunSamOptions, 'runSam'>>;

/** Has the SAM CLI loaded once for all of its commands in the work, from its begin on. */
export async function withSam<T, O extends RunSamOptions>(
  { root, endpoint }: Connection,
  options: O,
  work: (options: O & LoadedSamOptions) => Promise<T>,
): Promise<T> {
  if (options.runSam) return await work({ ...options, runSam: options.runSam });
  const server = startSamServer(root, endpoint);
  try {
    return await work({ ...options, runSam: server.run });
  } finally {
    await server.stop();
  }
}

/** Runs SAM; answers the S3 keys that it says it wrote. @throws Failure with its last words, and CloudFormation's */
export async function runSam(
  connection: Connection,
  args: readonly string[],
  { onLine, signal, runSam: program }: LoadedSamOptions,
): Promise<string[]> {
  const uploads = new Set<string>();
  const lines: string[] = [];
  const result = await program(args, {
    ...(signal === undefined ? {} : { signal }),
    onLine: (line) => {
      onLine(line);
      lines.push(line);
      for (const [, key] of line.matchAll(/Uploading to (\S+)/g)) if (key !== undefined) uploads.add(key);
    },
  });
  if (result.code === 0) return [...uploads];
  const said = lines.filter((line) => line.trim() !== '').slice(-25);
  // SAM's own table of events is long, and in it the cause is far above the end.
  const begun = said.some((line) => line.includes('Failed to create/update the stack'));
  const refused = begun ? await readFailures(connection) : [];
  throw new Failure(
    [...said, ...refused, `sam ${args[0] ?? ''} failed (exit code ${result.code}).`].join('\n'),
    'See its message above; nothing is lost: what was not deployed is in the next plan.',
  );
}
