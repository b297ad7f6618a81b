import { objectAt, type Json, type JsonObject } from '../lib/json.ts';
import { Failure } from '../lib/failure.ts';
import type { RecordedFunction, StackRecord } from '../plan/record.ts';
import { shortRelease } from '../plan/recorded-block.ts';
import type { Wish } from './find-earlier.ts';
import type { FunctionVersion } from './find-versions.ts';

/** One function on its way back. */
export interface Target {
  /** As it is deployed now. */
  readonly running: RecordedFunction;
  /** As it was deployed then. */
  readonly earlier: RecordedFunction;
  /** Number of the version that Lambda still has of it; undefined where it was deleted. */
  readonly version: string | undefined;
  /** ARNs of the layer versions that it ran with; undefined with the version. */
  readonly layers: readonly string[] | undefined;
}

/**
 * Each wish with what was found for it, by logical id.
 * @throws Failure where Lambda has no version of a release any more, and it ran with layers: what its block calls by name is
 *   another version of them by now
 */
export function targetsOf(
  wishes: readonly Wish[],
  earlier: ReadonlyMap<string, RecordedFunction>,
  versions: ReadonlyMap<string, Pick<FunctionVersion, 'version' | 'layers'>>,
): Target[] {
  return wishes.flatMap(({ running }) => {
    const then = earlier.get(running.logicalId);
    const found = versions.get(running.logicalId);
    if (!then) return [];
    if (!found && 'Layers' in objectAt(then.block, 'Properties')) {
      throw new Failure(
        `Lambda has no version of ${running.name} ${then.release.slice(0, shortRelease)} any more, so nothing says which layers it ran with.`,
        `Deploy the commit that it was made of: ${then.commit}.`,
      );
    }
    return [{ running, earlier: then, version: found?.version, layers: found?.layers }];
  });
}

/**
 * The deployed template with the blocks that functions had earlier; everything else verbatim. The traffic of these moves
 * at once: going back is no experiment, and the alias has been moved already. The record says which release was taken
 * back, so that no later deploy brings it again by itself.
 */
export function composeRollback(record: StackRecord, targets: readonly Target[]): JsonObject {
  const resources = objectAt(record.template, 'Resources');
  const back = targets.map(({ running, earlier, layers }) => {
    return [running.logicalId, backTo(running, earlier, layers)] as const;
  });
  return { ...record.template, Resources: { ...resources, ...Object.fromEntries(back) } };
}

function backTo(running: RecordedFunction, earlier: RecordedFunction, layers: Target['layers']): JsonObject {
  const properties = objectAt(earlier.block, 'Properties');
  const metadata = objectAt(earlier.block, 'Metadata');
  // A pin of then is over.
  const { pin: _, ...then } = objectAt(metadata, 'Aviary');
  const pinned: Json | undefined = layers ? [...layers] : properties['Layers'];
  return {
    ...earlier.block,
    Metadata: { ...metadata, Aviary: { ...then, rolledBackFrom: running.release } },
    Properties: {
      ...properties,
      ...(pinned === undefined ? {} : { Layers: pinned }),
      // Left out where it is: the local cloud has no CodeDeploy, whatever the property says.
      ...('DeploymentPreference' in properties ? { DeploymentPreference: { Enabled: false } } : {}),
    },
  };
}
