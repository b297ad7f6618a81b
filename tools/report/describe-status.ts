import { styleText } from 'node:util';
import { shortRelease } from '../plan/recorded-block.ts';
import type { Change } from '../plan/plan.ts';
import type { FunctionStatus, Status } from '../stack/read-status.ts';
import { shortCommit } from './describe-plan.ts';
import { table } from './table.ts';

/** What runs in a stage, for people. */
export function describeStatus({ stage, stack, state, url, functions, pinnedLayers, differing }: Status): string {
  if (state === null) return `Nothing is deployed to ${stage}: there is no stack ${stack}.\n`;
  const rows = functions.map((it) => [
    it.name,
    it.release?.slice(0, shortRelease) ?? '—',
    it.commit === null ? '—' : shortCommit(it.commit),
    it.version ?? '—',
    it.since === null ? '—' : it.since.slice(0, 19).replace('T', ' '),
    verdict(it),
  ]);
  return [
    `${stage}: ${stack}, ${state}${url === null ? '' : `\n${url}`}`,
    '',
    ...table(['function', 'release', 'commit', 'live', 'since (UTC)', 'tree'], rows),
    ...functions.flatMap(({ name, despite }) =>
      despite === null ? [] : [`${name} was deployed in spite of ${despite.alarm}: ${despite.reason}`],
    ),
    ...pinnedLayers.map(({ name, pin }) => `The layer ${name} is pinned until ${pin.until}: ${pin.reason}`),
    ...(differing.length > 0 ? ['', `The tree also differs in ${differing.join(', ')}.`] : []),
    '',
  ].join('\n');
}

const words: Readonly<Record<Change, string>> = {
  unchanged: 'same',
  changed: 'differs',
  new: 'not deployed',
  removed: 'not in the tree',
  held: 'rolled back',
};

function verdict({ tree, agrees, release, pin, swapped }: FunctionStatus): string {
  const change = pin ? `pinned until ${pin.until}: ${pin.reason}` : words[tree];
  const text = swapped === null ? change : `${change}; swapped, runs ${swapped} until the next deploy`;
  return agrees || release === null ? text : `${text}; ${styleText('red', 'live was moved by hand')}`;
}
