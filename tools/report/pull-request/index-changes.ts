import { canonical, isList, objectAt, stringAt, type Json } from '../../lib/json.ts';
import { blocksOf, type Templates } from './templates.ts';

/** DynamoDB makes or deletes one global secondary index of a table per update; a second one fails the deploy. */
export const mostIndexChanges = 1;

export interface IndexChanges {
  /** `infra/data.yaml Table`. */
  readonly table: string;
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Another key or projection: CloudFormation cannot change that in place, so it counts as two changes. */
  readonly altered: readonly string[];
}

/** The tables that are there before and after, with what happens to their indexes; those without a change left out. */
export function indexChanges(before: Templates, after: Templates): IndexChanges[] {
  return [...blocksOf(after)].flatMap(([table, block]) => {
    const old = blocksOf(before).get(table);
    if (block['Type'] !== 'AWS::DynamoDB::Table' || old === undefined) return [];
    const [had, has] = [indexesOf(old), indexesOf(block)];
    const changes = {
      table,
      added: [...has.keys()].filter((name) => !had.has(name)),
      removed: [...had.keys()].filter((name) => !has.has(name)),
      altered: [...has].filter(([name, shape]) => had.has(name) && had.get(name) !== shape).map(([name]) => name),
    };
    return countIndexChanges(changes) === 0 ? [] : [changes];
  });
}

/** How many updates of the table it takes. */
export function countIndexChanges({ added, removed, altered }: IndexChanges): number {
  return added.length + removed.length + 2 * altered.length;
}

function indexesOf(block: Json): Map<string, string> {
  const list = objectAt(block, 'Properties')['GlobalSecondaryIndexes'];
  return new Map(
    (isList(list) ? list : []).map((index) => {
      const { KeySchema, Projection } = objectAt({ index }, 'index');
      return [stringAt(index, 'IndexName') ?? '?', canonical([KeySchema ?? null, Projection ?? null])];
    }),
  );
}
