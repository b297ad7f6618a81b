import type { StackRecord } from '../plan/record.ts';
import type { Tree } from '../tree/tree.ts';
import { domainStack, homesOf, placementOf } from './placement.ts';

/** A sentence for each deployed function that names another domain than the one in whose stack it is, which a deploy does not change. */
export function misplaced({ functions }: Pick<Tree, 'functions'>, record: StackRecord | undefined): string[] {
  const homes = homesOf(placementOf(record?.template ?? {}));
  return functions.flatMap(({ logicalId, name, block }) => {
    const wanted = domainStack(logicalId, block);
    const home = homes.get(logicalId);
    const number = wanted !== undefined && home?.startsWith(wanted) === true ? home.slice(wanted.length) : undefined;
    if (wanted === undefined || record?.functions.has(logicalId) !== true || /^\d*$/.test(number ?? 'other')) return [];
    return [
      `${name} stays in ${home === undefined ? 'the root' : `the stack ${home}`}, where it is deployed, whatever its Domain says. ` +
        'To move it, deploy it under a new name, and remove the old one after that.',
    ];
  });
}
