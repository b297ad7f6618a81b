import { join } from 'node:path';
import { info } from '../../tools/lib/log.ts';
import { objectAt, parseJson } from '../../tools/lib/json.ts';
import { cloudDirectory } from '../../tools/local/cloud.ts';
import type { Account } from '../account.ts';
import { broken, cleanEnvironment, type Bench } from '../bench.ts';
import { ownCloud } from '../clouds.ts';
import { paragraphs, table } from '../markdown.ts';
import { edit, generatedClone } from '../repositories.ts';
import { Samples, type Findings, type Scenario } from '../scenario.ts';
import { bound, cells, seconds, summarize, times } from '../statistics.ts';

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
    const sides: Side[] = [];
    for (const size of sizes) sides.push(await makeSide(bench, size));
    for (const side of sides) {
      info(`  ${side.size} functions: everything, once`);
      samples.add(`${side.size} first`, await side.deploy());
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

interface Side {
  readonly size: number;
  readonly root: string;
  readonly account: Account;
  /** Deploys the clone; resolves to milliseconds, and tells those of each part. */
  readonly deploy: (part?: (name: string, ms: number) => void) => Promise<number>;
}

async function makeSide(bench: Bench, size: number): Promise<Side> {
  const root = await generatedClone(bench, size);
  const { account } = await ownCloud(bench, root, cloudDirectory(root));
  const deploy: Side['deploy'] = async (part) => {
    const args = [join(root, 'tools', 'aviary.mjs'), 'deploy', '--stage', 'local', '--json'];
    const { ms, result } = await bench.timed('aviary deploy', process.execPath, args, {
      cwd: root,
      env: cleanEnvironment(),
    });
    const took = objectAt(parseJson(result.stdout), 'took');
    for (const [name, value] of Object.entries(took)) if (typeof value === 'number') part?.(name, value);
    return ms;
  };
  return { size, root, account, deploy };
}

/** Changes the last function, which is in a nested stack where there are any, and deploys. */
async function deployChange({ size, root, account, deploy }: Side, round: number, samples: Samples): Promise<void> {
  const changed = `item${String(size - 1 - round).padStart(3, '0')}`;
  edit(root, `functions/${changed}/make.ts`, /size \* \d+/, `size * ${1000 + round}`);
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
