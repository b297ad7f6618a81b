import { info } from '../../tools/lib/log.ts';
import { cloudDirectory } from '../../tools/local/cloud.ts';
import { broken, type Bench } from '../bench.ts';
import { ownCloud } from '../clouds.ts';
import { paragraphs, table } from '../markdown.ts';
import { generatedClone } from '../repositories.ts';
import { Samples, type Findings, type Scenario } from '../scenario.ts';
import { bound, cells, seconds, summarize, times } from '../statistics.ts';
import { byAviary, weigh, type Side } from './deploy-sides.ts';

const sizes = [10, 300] as const;
const rounds = 5;
const parts = ['plan', 'build', 'deploy', 'check'] as const;
/** How much longer a deploy may take with 300 functions than with 10, apart from the stack's own time. */
const ratio = 1.5;

export const manyScenario: Scenario = {
  name: 'many',
  title: 'One function changed, of 10 and of 300: a deploy',
  measure: async (bench) => {
    const samples = new Samples();
    const sides: ManySide[] = [];
    for (const size of sizes) sides.push(await makeSide(bench, size));
    for (const side of sides) {
      info(`  ${side.size} functions: everything, once`);
      samples.add(`${side.size} first`, await side.deploy(() => undefined));
    }
    for (let round = 0; round < bench.rounds(rounds); round += 1) {
      for (const side of sides) {
        info(`  round ${round + 1}: ${side.size} functions`);
        await deployChange(side, round, samples);
      }
    }
    return { samples: samples.all, facts: {} };
  },
  describe: describeMany,
};

interface ManySide extends Pick<Side, 'root' | 'account' | 'deploy'> {
  readonly size: number;
}

async function makeSide(bench: Bench, size: number): Promise<ManySide> {
  const root = await generatedClone(bench, size);
  const { account } = await ownCloud(bench, root, cloudDirectory(root));
  return { size, root, account, deploy: byAviary(bench, root) };
}

/** Changes the last function, which is in a nested stack where there are any, and deploys. */
async function deployChange({ size, root, account, deploy }: ManySide, round: number, samples: Samples): Promise<void> {
  const changed = `item${String(size - 1 - round).padStart(3, '0')}`;
  weigh(root, changed, 1000 + round);
  const name = `many-${changed}-local`;
  const before = await account.functionState(name);
  const whole = await deploy((part, ms) => {
    samples.add(`${size} ${part}`, ms);
  });
  const stack = await account.stackUpdate('many-local');
  samples.add(`${size} whole`, whole);
  samples.add(`${size} stack`, stack);
  samples.add(`${size} own`, whole - stack);
  const after = await account.functionState(name);
  if (after.versions.length !== before.versions.length + 1)
    throw broken(`${changed} has no new version after its deploy.`);
}

function describeMany({ samples }: Findings): string {
  const of = (name: string): readonly number[] => samples[name] ?? [];
  const row = (what: string, name: string): string[][] =>
    sizes.map((size, at) => [
      at === 0 ? what : '',
      String(size),
      ...cells(of(`${size} ${name}`), seconds),
      at === 0 ? '1' : times(of(`${size} ${name}`), of(`${sizes[0]} ${name}`)),
    ]);
  const share = summarize(of(`${sizes[1]} own`)).median / summarize(of(`${sizes[0]} own`)).median;
  return paragraphs(
    `Generated functions on both layers, all deployed; then, each round, the code of another one is changed and deployed:
\`node tools/aviary.mjs deploy\` as a whole process. 300 of them do not fit into one stack: most are in nested stacks, and the one
that is changed is. The time of the stack is what CloudFormation's events say of its update, from its first to its last.`,
    table(
      ['', 'functions', 'median', 'spread', 'n', 'to 10'],
      ...row('time', 'whole'),
      ...row('of which the stack', 'stack'),
      ...row('the rest', 'own'),
      ...parts.flatMap((part) => row(`\`took.${part}\``, part)),
      ...row('the first deploy, of everything', 'first'),
    ),
    bound(`the rest with 300 functions, to that with 10,`, [share], ratio, (value) => `${value.toFixed(2)} ×`),
  );
}
