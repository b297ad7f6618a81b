import { fork } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { isJson, isList, textOf } from '../lib/json.ts';
import { info, warn } from '../lib/log.ts';

const shown = 3;

/**
 * Checks types of functions and layers beside the work on them, from now on whenever a file is saved, and says what is
 * wrong when it is known; nothing waits for it.
 * @returns what ends it
 */
export function startTypeCheck(root: string): () => void {
  const child = fork(join(root, 'tools', 'local', 'check-types.ts'), {
    cwd: root,
    stdio: 'ignore',
    execArgv: ['--expose-gc'],
  });
  if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  let before: readonly string[] = [];
  child.on('message', (message) => {
    const errors = isJson(message) && isList(message) ? message.map(textOf) : [];
    const text = describeTypes(errors, before);
    if (text !== undefined) (errors.length > 0 ? warn : info)(text);
    before = errors;
  });
  return () => {
    child.kill();
  };
}

/** What has changed since the last time; undefined where nothing has. */
export function describeTypes(errors: readonly string[], before: readonly string[]): string | undefined {
  if (errors.join('\n') === before.join('\n')) return undefined;
  if (errors.length === 0) return 'types: no errors any more';
  const more = errors.length > shown ? [`and ${errors.length - shown} more: npm run check`] : [];
  return [
    `types: ${errors.length} ${errors.length === 1 ? 'error' : 'errors'}`,
    ...errors.slice(0, shown),
    ...more,
  ].join('\n  ');
}
