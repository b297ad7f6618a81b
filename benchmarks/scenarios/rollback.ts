import { join } from 'node:path';
import { info } from '../../tools/lib/log.ts';
import { cleanEnvironment, type Bench } from '../bench.ts';
import { until } from '../clouds.ts';
import { paragraphs, table } from '../markdown.ts';
import { Samples, type Findings, type Scenario } from '../scenario.ts';
import { bound, cells, seconds, times } from '../statistics.ts';
import { aviarySide, functions, plainSide, runs, weigh, type Side } from './deploy-sides.ts';

const rounds = 7;
const limitMs = 5_000;
const patienceMs = 60_000;
const ignore = (): undefined => undefined;

export const rollbackScenario: Scenario = {
  name: 'rollback',
  title: 'A release of one of ten functions taken back',
  measure: async (bench) => {
    const samples = new Samples();
    const sides = [
      { side: await aviarySide(bench), takeBack: rollBack },
      { side: await plainSide(bench), takeBack: deployEarlier },
    ];
    for (const { side } of sides) await side.deploy(ignore);
    for (let round = 0; round < bench.rounds(rounds); round += 1) {
      for (const { side, takeBack } of sides) {
        info(`  round ${round + 1}: ${side.name}`);
        const name = functions[round] ?? '';
        // Of its own code, and not of what was generated, which plain SAM has to be given again.
        for (const factor of [1000, 2000]) {
          weigh(side.root, name, factor);
          await side.deploy(ignore);
        }
        const begun = performance.now();
        const ended = takeBack(bench, side, name);
        await until(bench, `The earlier code of ${name}`, patienceMs, () => runs(side.account, name, 1000));
        samples.add(`${side.name} traffic`, performance.now() - begun);
        await ended;
        samples.add(`${side.name} end`, performance.now() - begun);
      }
    }
    return { samples: samples.all, facts: {} };
  },
  describe: describeRollbacks,
};

async function rollBack(bench: Bench, { root }: Side, name: string): Promise<void> {
  const args = [join(root, 'tools', 'aviary.mjs'), 'rollback', name];
  await bench.timed('aviary rollback', process.execPath, args, { cwd: root, env: cleanEnvironment() });
}

/** As by `git revert`, which takes no time here. */
async function deployEarlier(_bench: Bench, { root, deploy }: Side, name: string): Promise<void> {
  weigh(root, name, 1000);
  await deploy(ignore);
}

function describeRollbacks({ samples }: Findings): string {
  const of = (name: string): readonly number[] => samples[name] ?? [];
  const row = (what: string, part: string): string[][] =>
    [
      ['aviary', '`rollback`'],
      ['sam', '`sam build && sam deploy`'],
    ].map(([side = '', by = ''], at) => [
      at === 0 ? what : '',
      by,
      ...cells(of(`${side} ${part}`), seconds),
      at === 0 ? '1' : times(of(`${side} ${part}`), of(`aviary ${part}`)),
    ]);
  return paragraphs(
    `Ten generated functions, all deployed; each round another one is deployed twice more, and then goes back: by
\`node tools/aviary.mjs rollback\`, a whole process, and beside it, in an equal repository, by the earlier code deployed again, with
nothing counted for the \`git revert\`. Until traffic has it: until the first invocation of \`live\` that the earlier code
answers, asked every 10 ms. Until the end: the stack says so, too.`,
    table(
      ['', 'by', 'median', 'spread', 'n', 'to `rollback`'],
      ...row('until traffic has it', 'traffic'),
      ...row('until the end', 'end'),
    ),
    bound('from `rollback` to traffic on the earlier code', of('aviary traffic'), limitMs, seconds),
  );
}
