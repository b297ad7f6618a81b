import { connect, type Connection } from '../stack/connection.ts';
import { localStage, readStage } from '../template/read-stages.ts';

/** The options that every command on a stage has. */
export const stageOptions = {
  stage: { type: 'string', default: localStage },
  // The name that other tools have for it.
  env: { type: 'string' },
} as const;

/** The options of a command on a stage that makes a deploy, or its template. */
export const deployOptions = {
  ...stageOptions,
  only: { type: 'string', multiple: true },
  uniform: { type: 'boolean', default: false },
} as const;

/** `--only a,b --only c` as a list. */
export function nameList(values: readonly string[] | undefined): string[] | undefined {
  return values
    ?.flatMap((value) => value.split(','))
    .map((name) => name.trim())
    .filter(Boolean);
}

/** Connects to the stage that `--stage` (or `--env`) names. @throws Failure for an unknown stage */
export async function connectTo(
  root: string,
  { stage, env }: { stage: string; env?: string | undefined },
): Promise<Connection> {
  return await connect(root, readStage(root, env ?? stage));
}
