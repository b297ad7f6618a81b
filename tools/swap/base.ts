import type { LambdaClient } from '@aws-sdk/client-lambda';
import { Failure } from '../lib/failure.ts';
import type { StackRecord } from '../plan/record.ts';
import { lambdaClient, type Connection } from '../stack/connection.ts';
import { readLiveVersions } from '../stack/read-functions.ts';
import { describeStack, layerArns, listResources, readStack } from '../stack/read-stack.ts';
import { readTree } from '../tree/read-tree.ts';
import type { Tree } from '../tree/tree.ts';

/** What saves are compared with: the tree as it was read last, what the stack says, and what runs in place of that. */
export interface Base {
  readonly client: LambdaClient;
  /** When CloudFormation changed the stack last, in milliseconds since 1970. */
  readonly changedAt: number;
  readonly record: StackRecord;
  /** ARN of the version of each layer that the stack has, by logical id. */
  readonly layerArns: Readonly<Record<string, string>>;
  tree: Tree;
  /** Of each function that is swapped: logical id to the first digits of the release that runs. */
  readonly swapped: Map<string, string>;
  /** Of functions that have been saved: logical id to the one file of the package, as it was bundled last. */
  readonly packages: Map<string, Uint8Array>;
  /** Logical ids of functions that {@link import('./swap-stage.ts').tidySwaps} is due for. */
  readonly untidy: Set<string>;
  /** What was published of the shared layer last, beside the stack's. */
  sharedLayer: { readonly release: string; readonly arn: string } | undefined;
}

/** Reads tree and stage. @throws Failure where nothing is deployed, and for a tree that cannot be read */
export async function readBase(connection: Connection): Promise<Base> {
  // Before the rest: a deploy meanwhile is seen at the next save.
  const changedAt = await stackChangedAt(connection);
  const [tree, stack] = await Promise.all([readTree(connection.root, connection.stage), readStack(connection)]);
  const record = stack?.record;
  if (!record)
    throw new Failure(`Nothing is deployed to ${connection.stage.name}.`, 'Deploy it first: npm run deploy.');
  const resources = await listResources(connection, record);
  const live = await readLiveVersions(connection, resources);
  return {
    client: await lambdaClient(connection),
    changedAt,
    record,
    layerArns: layerArns(resources, [...record.layers.keys()]),
    tree,
    swapped: new Map([...live].flatMap(([id, { swap }]) => (swap ? [[id, swap.release]] : []))),
    packages: new Map(),
    untidy: new Set(),
    sharedLayer: undefined,
  };
}

/** When CloudFormation changed the stack last, in milliseconds since 1970; 0 where there is none. */
export async function stackChangedAt(connection: Connection): Promise<number> {
  const stack = await describeStack(connection);
  return (stack?.LastUpdatedTime ?? stack?.CreationTime)?.getTime() ?? 0;
}
