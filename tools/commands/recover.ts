import { parseArgs } from 'node:util';
import { info, step } from '../lib/log.ts';
import { recoverStage } from '../recover/recover-stage.ts';
import { describeRecovery } from '../report/describe-recovery.ts';
import { connectTo, nameList, samOptions, stageOptions, waitOptions } from './options.ts';

export const help = `Brings a stage back that a deploy left stuck or half done, and says what it does before it does it.

Usage: npm run aviary -- recover [--yes] [--skip A,B] [--retain A,B] [--stage S] [--no-wait] [--json]

  --yes         does it; without, it waits for what goes on, and says what is to be done
  --skip A,B    resources that stay as they are, where taking back an update failed on them; of a nested stack
                as <its name>.<resource>
  --retain A,B  resources that stay in the account, where a stack could not be deleted because of them
  --stage S     local (default), staging, production
  --no-wait     fail at once where another run changes the stage
  --json        the result as data on stdout

What it knows to mend: a stack that CloudFormation is not done with (it waits), one whose update could be taken back only in
part, one that was never made whole (it is deleted, and what it leaves in the account is named), change sets and locks of runs
that stopped, deployments of CodeDeploy that nobody waits for, and aliases that are not where the stack says.

Exit code 0 where nothing is left to do, 1 where something is.

Example: npm run aviary -- recover --stage staging --yes
`;

export async function run(args: readonly string[], root: string): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...stageOptions,
      ...waitOptions,
      yes: { type: 'boolean', default: false },
      skip: { type: 'string', multiple: true },
      retain: { type: 'string', multiple: true },
      json: { type: 'boolean', default: false },
    },
  });
  const connection = await connectTo(root, values);
  const recovery = await recoverStage(connection, {
    yes: values.yes,
    skip: nameList(values.skip) ?? [],
    retain: nameList(values.retain) ?? [],
    wait: !values['no-wait'],
    signal: samOptions(connection).signal,
    step,
    onEvent: (line) => {
      if (process.stderr.isTTY) info(`    ${line}`);
    },
  });
  process.stdout.write(values.json ? `${JSON.stringify(recovery, null, 2)}\n` : describeRecovery(recovery));
  return recovery.open.length > 0 || recovery.busy !== null ? 1 : 0;
}
