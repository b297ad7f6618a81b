import { info } from '../../tools/lib/log.ts';
import type { Account, FunctionState } from '../account.ts';
import { broken } from '../bench.ts';
import { Samples, type Scenario } from '../scenario.ts';
import { describeDeploys } from './deploy-section.ts';
import { aviarySide, functions, plainSide, runs, weigh, type Side } from './deploy-sides.ts';

const rounds = 7;

export const deployScenario: Scenario = {
  name: 'deploy',
  title: 'One of ten functions changed: a deploy',
  measure: async (bench) => {
    const samples = new Samples();
    const sides = [await aviarySide(bench), await plainSide(bench)];
    for (const side of sides) {
      info(`  ${side.name}: everything, once`);
      await side.deploy(() => undefined);
    }
    for (let round = 0; round < bench.rounds(rounds); round += 1) {
      for (const side of sides) {
        info(`  round ${round + 1}: ${side.name}`);
        await deployChange(side, round, samples);
      }
    }
    return { samples: samples.all, facts: {} };
  },
  describe: describeDeploys,
};

/** Changes one function, deploys, and looks at what that did. */
async function deployChange(side: Side, round: number, samples: Samples): Promise<void> {
  const { name, root, bucket, account } = side;
  const changed = functions[round % functions.length] ?? '';
  const factor = 1000 + round;
  weigh(root, changed, factor);
  const look = async () => ({ objects: await account.objects(bucket), states: await statesOf(account) });
  const before = await look();
  samples.add(
    name,
    await side.deploy((part, ms) => {
      samples.add(`${name} ${part}`, ms);
    }),
  );
  const after = await look();

  const fresh = [...after.objects].filter(([key]) => !before.objects.has(key));
  samples.add(`${name} objects`, fresh.length);
  const sum = (wanted: typeof fresh): number => wanted.reduce((total, [, size]) => total + size, 0);
  samples.add(`${name} bytes`, sum(fresh));
  samples.add(`${name} package bytes`, sum(fresh.filter(([key]) => !key.endsWith('.template'))));
  const published = functions.map((each) => newVersions(before.states, after.states, each));
  samples.add(
    `${name} versions`,
    published.reduce((sum, number) => sum + number, 0),
  );
  const others = functions.filter((each) => each !== changed);
  const versionsOfOthers = others.filter((each) => newVersions(before.states, after.states, each) > 0);
  samples.add(`${name} others published`, versionsOfOthers.length);
  const written = others.filter((each) => before.states.get(each)?.revision !== after.states.get(each)?.revision);
  samples.add(`${name} others written`, written.length);

  if (!(await runs(account, changed, factor)))
    throw broken(`After the deploy by ${name}, ${changed} did not answer with its new code.`);
}

async function statesOf(account: Account): Promise<Map<string, FunctionState>> {
  const states = functions.map(async (name) => [name, await account.functionState(`many-${name}-local`)] as const);
  return new Map(await Promise.all(states));
}

type States = ReadonlyMap<string, FunctionState>;

function newVersions(before: States, after: States, name: string): number {
  const known = before.get(name)?.versions ?? [];
  return (after.get(name)?.versions ?? []).filter((version) => !known.includes(version)).length;
}
