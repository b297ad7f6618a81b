import { parseArgs } from 'node:util';
import { findNamed } from '../config/find-named.ts';
import { readDeclared } from '../config/read-declared.ts';
import { readFlagRows, type FlagRow } from '../flags/flag-document.ts';
import type { FlagDeployment } from '../flags/flag-store.ts';
import { readStageFlags, switchFlag } from '../flags/stage-flags.ts';
import { Failure } from '../lib/failure.ts';
import { describeDeployment, describeFlags } from '../report/describe-flags.ts';
import { productionStage } from '../template/read-stages.ts';
import { connectTo, stageOptions } from './options.ts';

export const help = `Shows the feature flags of a stage, and turns them on and off.

Usage: npm run aviary -- flag list [--stage S] [--json]
       npm run aviary -- flag on|off <flag> [--stage S] [--at-once] [--yes] [--json]

  list       every flag, and how far a deployment of them is
  on, off    makes a new version of the flags and begins its deployment: in an account a fifth of what asks for flags
             every two minutes, then ten minutes in which an alarm of a function takes it back
  --at-once  everybody now, with no alarm to take it back; a deployment that runs is stopped
  --yes      in production: without it this says what would change, and ends with 1

Example: npm run aviary -- flag off enable_advanced_caching --stage production --at-once --yes
`;

export async function run(args: readonly string[], root: string): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...stageOptions,
      'at-once': { type: 'boolean', default: false },
      yes: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const [verb = '', name, ...more] = positionals;
  if (!['list', 'on', 'off'].includes(verb) || more.length > 0) {
    throw new Failure('What should be done with flags?', 'Say list, on <flag> or off <flag>.');
  }
  const connection = await connectTo(root, values);
  const { document: declared } = readDeclared(root, connection.stage).flags;
  const wanted = verb === 'list' ? undefined : findNamed('flag', name, readFlagRows({}, declared));
  const flags = await readStageFlags(connection);
  const { rows, last } = flags;
  const print = (data: unknown, text: string): void =>
    void process.stdout.write(values.json ? `${JSON.stringify(data, null, 2)}\n` : text);
  if (wanted === undefined) {
    print({ flags: rows, deployment: last ?? null }, describeFlags(rows, last));
    return 0;
  }

  const flag = findNamed('flag', wanted.name, rows);
  const to = verb === 'on';
  const needsYes = connection.stage.name === productionStage && !values.yes;
  if (flag.on === to || needsYes) {
    print({ flag: flag.name, on: flag.on, deployment: last ?? null }, unchanged(flag, to, last));
    return flag.on === to ? 0 : 1;
  }
  const begun = await switchFlag(flags, flag.name, to, values['at-once']);
  const text = `${flag.name} is ${verb}: functions have it within a minute of their turn.\n${describeDeployment(begun)}`;
  print({ flag: flag.name, on: to, deployment: begun }, text);
  return 0;
}

function unchanged(flag: FlagRow, to: boolean, last: FlagDeployment | undefined): string {
  const word = to ? 'on' : 'off';
  const text =
    flag.on === to
      ? `${flag.name} is ${word} already.`
      : `${flag.name} would be ${word}. Nothing was changed: add --yes to change it.`;
  return `${text}\n${describeDeployment(last)}`;
}
