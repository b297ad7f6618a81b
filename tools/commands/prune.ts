import { parseArgs } from 'node:util';
import { Failure } from '../lib/failure.ts';
import { interruption } from '../lib/interruption.ts';
import { step } from '../lib/log.ts';
import { pruneStage } from '../prune/prune-stage.ts';
import { describePrune } from '../report/describe-prune.ts';
import { connectTo, stageOptions, waitOptions } from './options.ts';

export const help = `Shows, and removes, what nothing uses and no rollback needs: versions of functions, versions of layers, and what is in
the artifact bucket.

Usage: npm run aviary -- prune [--keep N] [--older-than DAYS] [--yes] [--stage S] [--no-wait] [--json]

  --keep N           releases of each function that can still be gone back to, the running one among them; 10
  --older-than DAYS  leaves what is younger; 1, so that a deploy under way loses nothing
  --yes              removes it; without, it is only shown
  --stage S          local (default), staging, production
  --no-wait          fail at once where another run changes the stage
  --json             the result as data on stdout

What an alias points at stays, and what Aviary did not make.

Example: npm run aviary -- prune --stage staging
`;

const dayMs = 86_400_000;

export async function run(args: readonly string[], root: string): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...stageOptions,
      ...waitOptions,
      keep: { type: 'string', default: '10' },
      'older-than': { type: 'string', default: '1' },
      yes: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const keep = whole('--keep', values.keep, 1);
  const days = whole('--older-than', values['older-than'], 0);
  const connection = await connectTo(root, values);
  const prunable = await step(values.yes ? 'Removing what nothing uses' : 'Looking for what nothing uses', () =>
    pruneStage(connection, {
      keep,
      before: new Date(Date.now() - days * dayMs),
      remove: values.yes,
      wait: !values['no-wait'],
      signal: interruption(),
    }),
  );
  process.stdout.write(
    values.json
      ? `${JSON.stringify({ removed: values.yes, ...prunable }, null, 2)}\n`
      : describePrune(prunable, values.yes),
  );
  return 0;
}

/** @throws Failure for what is no whole number, or below `least` */
function whole(option: string, text: string, least: number): number {
  const value = Number(text);
  if (/^\d{1,4}$/.test(text) && value >= least) return value;
  throw new Failure(`${option} ${text} is no number that it takes.`, `Take a whole number from ${least} on.`);
}
