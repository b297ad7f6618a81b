import { join } from 'node:path';
import { info } from '../../tools/lib/log.ts';
import { objectAt, parseJson, type Json } from '../../tools/lib/json.ts';
import { cloudDirectory } from '../../tools/local/cloud.ts';
import type { Account, FunctionState } from '../account.ts';
import { broken, cleanEnvironment, type Bench } from '../bench.ts';
import { ownCloud } from '../clouds.ts';
import { makeBucket, plainSam } from '../plain-sam.ts';
import { edit, generatedClone } from '../repositories.ts';
import { Samples, type Scenario } from '../scenario.ts';
import { describeDeploys } from './deploy-section.ts';

const functions = Array.from({ length: 10 }, (_, at) => `item${String(at).padStart(3, '0')}`);
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

interface Side {
  readonly name: string;
  readonly root: string;
  readonly bucket: string;
  readonly account: Account;
  /** Deploys the clone; resolves to milliseconds, and tells those of each part. */
  readonly deploy: (part: (name: string, ms: number) => void) => Promise<number>;
}

async function aviarySide(bench: Bench): Promise<Side> {
  const root = await generatedClone(bench, functions.length);
  const { account, bucket } = await cloudOf(bench, root);
  const deploy: Side['deploy'] = async (part) => {
    const args = [join(root, 'tools', 'aviary.mjs'), 'deploy', '--stage', 'local', '--json'];
    const options = { cwd: root, env: cleanEnvironment() };
    const { ms, result } = await bench.timed('aviary deploy', process.execPath, args, options);
    const took = objectAt(parseJson(result.stdout), 'took');
    for (const [name, value] of Object.entries(took)) if (typeof value === 'number') part(name, value);
    return ms;
  };
  return { name: 'aviary', root, bucket, account, deploy };
}

async function plainSide(bench: Bench): Promise<Side> {
  const root = await generatedClone(bench, functions.length);
  const { account, bucket } = await cloudOf(bench, root);
  const sam = plainSam(bench, root, 'many', account.endpoint);
  const deploy: Side['deploy'] = async (part) => {
    const [build, ship] = [await sam.build(), await sam.deploy()];
    part('build', build);
    part('deploy', ship);
    return build + ship;
  };
  return { name: 'sam', root, bucket, account, deploy };
}

async function cloudOf(bench: Bench, root: string): Promise<{ account: Account; bucket: string }> {
  const { account } = await ownCloud(bench, root, cloudDirectory(root));
  const { bucket } = plainSam(bench, root, 'many', account.endpoint);
  await makeBucket(root, bucket, account.endpoint);
  return { account, bucket };
}

/** Changes one function, deploys, and looks at what that did. */
async function deployChange(side: Side, round: number, samples: Samples): Promise<void> {
  const { name, root, bucket, account } = side;
  const changed = functions[round % functions.length] ?? '';
  const factor = 1000 + round;
  edit(root, `functions/${changed}/make.ts`, /size \* \d+/, `size * ${factor}`);
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

  const answer = await account.invoke(`many-${changed}-local`, 'live', request(changed));
  if (answer?.includes(`\\"weight\\":${factor}`) !== true)
    throw broken(`After the deploy by ${name}, ${changed} did not answer with its new code but with ${answer ?? '–'}.`);
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

/** As the API passes it on. */
function request(name: string): Json {
  return {
    resource: `/${name}`,
    path: `/${name}`,
    httpMethod: 'POST',
    headers: { 'Content-Type': 'application/json' },
    multiValueHeaders: { 'Content-Type': ['application/json'] },
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    pathParameters: null,
    requestContext: { path: `/local/${name}`, requestId: 'bench', stage: 'local' },
    body: '{"title":"A","size":1}',
    isBase64Encoded: false,
  };
}
