import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import { Failure } from '../lib/failure.ts';
import { shortRelease, releaseVariable } from '../plan/recorded-block.ts';
import type { RecordedFunction } from '../plan/record.ts';
import { asking, lambdaClient, type Connection } from '../stack/connection.ts';
import { liveAlias } from '../stack/read-functions.ts';
import type { StackResource } from '../stack/read-stack.ts';

/** A published version of a function. */
export interface FunctionVersion {
  /** Physical name. */
  readonly functionName: string;
  readonly version: string;
  /** ARNs. */
  readonly layers: readonly string[];
}

/** The newest version that Lambda has of each release, by logical id; left out where there is none. */
export async function findVersions(
  connection: Connection,
  resources: readonly StackResource[],
  earlier: ReadonlyMap<string, RecordedFunction>,
): Promise<Map<string, FunctionVersion>> {
  const { paginateListVersionsByFunction } = await import('@aws-sdk/client-lambda');
  const client = await lambdaClient(connection);
  const found = new Map<string, FunctionVersion>();
  const search = async (): Promise<void> => {
    for (const { logicalId, physicalId, type } of resources) {
      const wanted = type === 'AWS::Lambda::Function' ? earlier.get(logicalId) : undefined;
      if (!wanted) continue;
      for await (const { Versions = [] } of paginateListVersionsByFunction({ client }, { FunctionName: physicalId })) {
        const newest = newestOf(Versions, wanted.release);
        if (newest) found.set(logicalId, { functionName: physicalId, ...newest });
      }
    }
  };
  await asking(connection, search());
  return found;
}

/** The last of these versions that has a release; Lambda's list begins with the oldest. */
export function newestOf(
  versions: readonly Pick<FunctionConfiguration, 'Version' | 'Layers' | 'Environment'>[],
  release: string,
): Omit<FunctionVersion, 'functionName'> | undefined {
  const found = versions.findLast(
    ({ Version, Environment }) =>
      Version !== '$LATEST' && Environment?.Variables?.[releaseVariable] === release.slice(0, shortRelease),
  );
  return found && { version: found.Version ?? '', layers: (found.Layers ?? []).flatMap(({ Arn }) => Arn ?? []) };
}

/**
 * Moves `live` to a version, with all of its traffic.
 * @param revision what the alias has to be still, where that matters
 * @throws Failure where it is another one by now
 */
export async function moveAlias(
  connection: Connection,
  { functionName, version }: Pick<FunctionVersion, 'functionName' | 'version'>,
  revision?: string,
): Promise<void> {
  const { PreconditionFailedException, UpdateAliasCommand } = await import('@aws-sdk/client-lambda');
  const client = await lambdaClient(connection);
  const command = new UpdateAliasCommand({
    FunctionName: functionName,
    Name: liveAlias,
    FunctionVersion: version,
    RoutingConfig: { AdditionalVersionWeights: {} },
    RevisionId: revision,
  });
  try {
    await asking(connection, client.send(command));
  } catch (cause) {
    if (!(cause instanceof PreconditionFailedException)) throw cause;
    throw new Failure(
      `Somebody has changed ${liveAlias} of ${functionName} just now.`,
      'Look at what it runs, npm run status, and try again.',
      { cause },
    );
  }
}
