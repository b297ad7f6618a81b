import { shortRelease } from '../plan/recorded-block.ts';
import type { StackRecord } from '../plan/record.ts';
import { asking, lambdaClient, type Connection } from '../stack/connection.ts';
import { liveAlias, readLiveVersions } from '../stack/read-functions.ts';
import type { StackResource } from '../stack/read-stack.ts';
import type { MovedAlias } from './situation.ts';

interface Alias extends Pick<MovedAlias, 'runs' | 'beside' | 'revision'> {
  readonly logicalId: string;
}

/** The functions whose `live` is not on the version that the stack says, with all of its traffic. */
export async function readMovedAliases(
  connection: Connection,
  record: StackRecord,
  resources: readonly StackResource[],
): Promise<MovedAlias[]> {
  const functions = resources.filter(
    ({ type, logicalId }) => type === 'AWS::Lambda::Function' && record.functions.has(logicalId),
  );
  const moved = new Map<string, Alias & { readonly should: string; readonly functionName: string }>();
  for (const { logicalId, physicalId } of functions) {
    const should = versionOf(resources, physicalId);
    const alias = should === undefined ? undefined : await readAlias(connection, logicalId, physicalId);
    if (should === undefined || !alias) continue;
    if (alias.runs !== should || alias.beside.length > 0)
      moved.set(logicalId, { ...alias, should, functionName: physicalId });
  }
  const live = await readLiveVersions(connection, resources, (id) => moved.has(id));
  // What a save has swapped, the next deploy settles.
  const amiss = [...moved.values()].filter(({ logicalId }) => live.get(logicalId)?.swap === undefined);
  return amiss.map(({ logicalId, ...alias }) => ({
    ...alias,
    name: record.functions.get(logicalId)?.name ?? logicalId,
    runsRelease: live.get(logicalId)?.release,
    shouldRelease: record.functions.get(logicalId)?.release.slice(0, shortRelease) ?? '',
  }));
}

/** Number of the version that is the stack's own. Those that it published before, it has let go. */
function versionOf(resources: readonly StackResource[], functionName: string): string | undefined {
  const arns = resources.filter(({ type }) => type === 'AWS::Lambda::Version').map(({ physicalId }) => physicalId);
  return arns
    .find((arn) => arn.split(':').at(-2) === functionName)
    ?.split(':')
    .at(-1);
}

/** Undefined for a function that has no such alias: there is nothing to move. */
async function readAlias(connection: Connection, logicalId: string, FunctionName: string): Promise<Alias | undefined> {
  const { GetAliasCommand, ResourceNotFoundException } = await import('@aws-sdk/client-lambda');
  const client = await lambdaClient(connection);
  try {
    const alias = await asking(connection, client.send(new GetAliasCommand({ FunctionName, Name: liveAlias })));
    return {
      logicalId,
      runs: alias.FunctionVersion ?? '',
      beside: Object.keys(alias.RoutingConfig?.AdditionalVersionWeights ?? {}),
      revision: alias.RevisionId,
    };
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}
