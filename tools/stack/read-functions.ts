import { releaseVariable } from '../plan/recorded-block.ts';
import { fewAtOnce } from '../lib/few-at-once.ts';
import { readSwap, type Swap } from '../swap/swap-mark.ts';
import { asking, lambdaClient, type Connection } from './connection.ts';
import type { StackResource } from './read-stack.ts';

/** What Lambda itself says of the version behind an alias. */
export interface LiveVersion {
  /** Number of the version, as text. */
  readonly version: string;
  /** ISO 8601. */
  readonly since: string;
  /** Base64 sha256 of its package. */
  readonly codeSha256: string;
  /** The first digits of its release, out of its environment; undefined for a version that Aviary did not publish. */
  readonly release: string | undefined;
  /** Undefined for one that a deploy has published. */
  readonly swap: Swap | undefined;
}

/** The alias that every function has; `AutoPublishAlias` in template.yaml. */
export const liveAlias = 'live';

/**
 * The version behind `live`, by the function's logical id in the template. A function without the alias is left out.
 * One call each, five at a time.
 */
export async function readLiveVersions(
  connection: Connection,
  resources: readonly StackResource[],
  wanted: (logicalId: string) => boolean = () => true,
): Promise<Map<string, LiveVersion>> {
  const { GetFunctionConfigurationCommand, ResourceNotFoundException } = await import('@aws-sdk/client-lambda');
  const client = await lambdaClient(connection);
  const functions = resources.filter(({ type, logicalId }) => type === 'AWS::Lambda::Function' && wanted(logicalId));
  const found = new Map<string, LiveVersion>();
  const read = async ({ logicalId, physicalId }: StackResource): Promise<void> => {
    try {
      const command = new GetFunctionConfigurationCommand({ FunctionName: physicalId, Qualifier: liveAlias });
      const { Version = '', LastModified = '', CodeSha256 = '', Environment, Description } = await client.send(command);
      const release = Environment?.Variables?.[releaseVariable];
      const swap = readSwap(Description);
      found.set(logicalId, { version: Version, since: LastModified, codeSha256: CodeSha256, release, swap });
    } catch (error) {
      if (!(error instanceof ResourceNotFoundException)) throw error;
    }
  };
  await asking(connection, fewAtOnce(functions, 5, read));
  return found;
}
