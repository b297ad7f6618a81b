import { join } from 'node:path';
import { objectAt, parseJson, type Json } from '../../tools/lib/json.ts';
import { cloudDirectory } from '../../tools/local/cloud.ts';
import type { Account } from '../account.ts';
import { cleanEnvironment, type Bench } from '../bench.ts';
import { ownCloud } from '../clouds.ts';
import { makeBucket, plainSam } from '../plain-sam.ts';
import { edit, generatedClone } from '../repositories.ts';

export const functions = Array.from({ length: 10 }, (_, at) => `item${String(at).padStart(3, '0')}`);

/** A repository of ten functions with a local cloud of its own, and a way to deploy it. */
export interface Side {
  readonly name: string;
  readonly root: string;
  readonly bucket: string;
  readonly account: Account;
  /** Deploys the clone; resolves to milliseconds, and tells those of each part. */
  readonly deploy: (part: (name: string, ms: number) => void) => Promise<number>;
}

/** Deploys by `aviary deploy`. */
export async function aviarySide(bench: Bench): Promise<Side> {
  const root = await generatedClone(bench, functions.length);
  const { account, bucket } = await cloudOf(bench, root);
  return { name: 'aviary', root, bucket, account, deploy: byAviary(bench, root) };
}

/** A deploy of a clone by `aviary deploy`. */
export function byAviary(bench: Bench, root: string): Side['deploy'] {
  return async (part) => {
    const args = [join(root, 'tools', 'aviary.mjs'), 'deploy', '--stage', 'local', '--json'];
    const options = { cwd: root, env: cleanEnvironment() };
    const { ms, result } = await bench.timed('aviary deploy', process.execPath, args, options);
    const took = objectAt(parseJson(result.stdout), 'took');
    for (const [name, value] of Object.entries(took)) if (typeof value === 'number') part(name, value);
    return ms;
  };
}

/** Deploys by `sam build` and `sam deploy`. */
export async function plainSide(bench: Bench): Promise<Side> {
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

/** Changes the code of a function: what it answers is so many times what it is asked. */
export function weigh(root: string, name: string, factor: number): void {
  edit(root, `functions/${name}/make.ts`, /size \* \d+/, `size * ${factor}`);
}

/** Whether `live` of a function answers with that code. */
export async function runs(account: Account, name: string, factor: number): Promise<boolean> {
  const answer = await account.invoke(`many-${name}-local`, 'live', request(name));
  return answer?.includes(`\\"weight\\":${factor}`) === true;
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
