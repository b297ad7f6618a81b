import { Failure } from '../lib/failure.ts';
import { samRunner } from '../lib/sam.ts';
import type { Connection } from '../stack/connection.ts';
import { samArguments, type BootstrapStage } from './plan-bootstrap.ts';

/** Makes or updates a stage's bootstrap stack with the SAM CLI. @throws Failure with SAM's last lines */
export async function deployBootstrap(
  { root, endpoint }: Pick<Connection, 'root' | 'endpoint'>,
  stage: BootstrapStage,
  options: { readonly onLine: (line: string) => void; readonly signal?: AbortSignal },
): Promise<void> {
  const lines: string[] = [];
  const result = await samRunner(root, endpoint)(samArguments(stage), {
    ...(options.signal === undefined ? {} : { signal: options.signal }),
    onLine: (line) => {
      options.onLine(line);
      if (line.trim() !== '') lines.push(line);
    },
  });
  if (result.code === 0) return;
  throw new Failure(
    `${lines.slice(-25).join('\n')}\nThe stack ${stage.stackName} was not made (exit code ${result.code}).`,
    'Mend what stands above, then run this again: stages that are done stay done.',
  );
}
