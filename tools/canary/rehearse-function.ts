import type { LambdaClient } from '@aws-sdk/client-lambda';
import { findNamed } from '../config/find-named.ts';
import { trafficHook } from '../generate/traffic-checks.ts';
import { Failure } from '../lib/failure.ts';
import { objectAt, stringAt } from '../lib/json.ts';
import { releaseVariable, shortRelease } from '../plan/recorded-block.ts';
import { asking, lambdaClient, type Connection } from '../stack/connection.ts';
import { functionCaller } from '../stack/invoke-function.ts';
import { readStack } from '../stack/read-stack.ts';
import type { FunctionSource } from '../template/code-resources.ts';
import { readSources } from '../template/read-sources.ts';
import { productionStage } from '../template/read-stages.ts';
import { alarmIn, readCanaryRules } from './canary-rules.ts';
import { sharesOf } from './deployment-steps.ts';
import { rehearse, type Minute, type Rehearsal } from './rehearse.ts';
import { publishTree } from './rehearsed-version.ts';
import { goodSamples, isRefusal, sampleTraffic, versionAsker } from './sample-traffic.ts';

/** How a rehearsal differs from what the template says. */
export interface RehearsalOptions {
  /** Requests of the whole deployment. */
  readonly traffic: number;
  /** In place of the template's, such as `Linear10PercentEvery1Minute`. */
  readonly type?: string | undefined;
  /** A release, or its first digits, whose version stands for the one that runs; without, what was deployed last. */
  readonly from?: string | undefined;
  /** Ends the rehearsal, which clears up after itself. */
  readonly signal: AbortSignal;
  readonly onMinute?: (minute: Minute) => void;
}

/**
 * Rehearses on the local cloud what production would do with the tree's version of a function: the rules are those of
 * the template, resolved for production. Nothing moves: `live` stays where it is, and the new version is deleted.
 * @throws Failure for a function that is not there or has no canary, and where its code does not compile
 */
export async function rehearseFunction(
  connection: Connection,
  name: string,
  options: RehearsalOptions,
): Promise<Rehearsal> {
  const { root, stage } = connection;
  const rules = readCanaryRules(root, name);
  const source = findNamed('function', name, readSources(root, stage).functions);
  const running = (await readStack(connection))?.record?.functions.get(source.logicalId);
  const functionName = stringAt(objectAt(running?.block, 'Properties'), 'FunctionName');
  if (!running || functionName === undefined) {
    throw new Failure(`${name} is not deployed to ${stage.name}.`, 'Start the local cloud: npm start.');
  }
  const client = await lambdaClient(connection);
  try {
    const before = await versionBefore(client, functionName, options.from ?? running.release);
    return await asking(connection, perform({ connection, client, functionName, before, rules, source }, options));
  } finally {
    client.destroy();
  }
}

interface Cast {
  readonly connection: Connection;
  readonly client: LambdaClient;
  readonly functionName: string;
  readonly before: string;
  readonly rules: ReturnType<typeof readCanaryRules>;
  readonly source: FunctionSource;
}

async function perform(cast: Cast, { traffic, type, signal, onMinute }: RehearsalOptions): Promise<Rehearsal> {
  const { connection, client, functionName, before, rules, source } = cast;
  const { root, stage } = connection;
  const samples = goodSamples(root, source.name);
  const shares = sharesOf(type ?? rules.type);
  const rate = Math.max(1, Math.round(traffic / Math.max(1, shares.length)));
  const askHook = await functionCaller(connection, trafficHook);
  const fresh = await publishTree(connection, client, functionName, source);
  try {
    const ask = await versionAsker(client, functionName, signal);
    // Its first start is no fault of the deployment, which has begun long before.
    let refused = 0;
    for (const event of samples) if (isRefusal((await ask(before, event)).answer)) refused += 1;
    return await rehearse({
      name: source.name,
      type: type ?? rules.type,
      shares,
      before,
      after: fresh.version,
      rate,
      samples: { all: samples.length, refused },
      alarms: rules.alarms.map((alarm) => alarmIn(alarm, [productionStage, stage.name], fresh.version)),
      askHook: async () => {
        const verdict = await askHook({ FunctionName: functionName, Version: fresh.version });
        return stringAt(verdict, 'status') === 'Succeeded' ? undefined : (stringAt(verdict, 'reason') ?? 'no verdict');
      },
      send: sampleTraffic(connection, functionName, ask, [before, fresh.version], samples),
      ...(onMinute ? { onMinute } : {}),
    });
  } finally {
    await fresh.remove();
  }
}

/** @throws Failure where Lambda has no version of the release */
async function versionBefore(client: LambdaClient, FunctionName: string, release: string): Promise<string> {
  const { paginateListVersionsByFunction } = await import('@aws-sdk/client-lambda');
  for await (const { Versions = [] } of paginateListVersionsByFunction({ client }, { FunctionName })) {
    const found = Versions.find(
      ({ Version, Environment }) =>
        Version !== '$LATEST' && Environment?.Variables?.[releaseVariable]?.startsWith(release.slice(0, shortRelease)),
    );
    if (found?.Version !== undefined) return found.Version;
  }
  throw new Failure(`${FunctionName} has no version of the release ${release}.`, 'npm run history lists its releases.');
}
