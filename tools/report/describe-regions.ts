import { shortRelease } from '../plan/recorded-block.ts';
import type { RegionOutcome } from '../regions/deploy-regions.ts';
import type { RegionStatuses } from '../regions/compare-regions.ts';
import { describeDeploy } from './describe-deploy.ts';
import { table } from './table.ts';

/** How a deploy to several regions ended, and how to go on. */
export function describeRegions(stage: string, outcomes: readonly RegionOutcome[]): string {
  const left = outcomes.filter(({ state }) => state !== 'has it').map(({ region }) => region);
  const parts = outcomes.map(({ region, state, result, problem }) =>
    [`${region}: ${state}`, ...(problem === null ? [] : [problem]), ...(result ? [describeDeploy(result)] : [])].join(
      '\n',
    ),
  );
  const next =
    left.length === 0 ? [] : [`Mend it, then go on: npm run deploy -- --stage ${stage} --regions ${left.join(',')}\n`];
  return [...parts, ...next].join('\n');
}

/** What runs in each region, side by side. */
export function describeStatuses({ regions, differing }: RegionStatuses): string {
  const [first] = regions;
  const names = [...new Set(regions.flatMap(({ functions }) => functions.map(({ name }) => name)))];
  const cell = (name: string, functions: RegionStatuses['regions'][number]['functions']): string => {
    const { release = null, version = null } = functions.find((each) => each.name === name) ?? {};
    return release === null ? '—' : `${release.slice(0, shortRelease)} v${version ?? '?'}`;
  };
  const rows = names.map((name) => [
    name,
    ...regions.map(({ functions }) => cell(name, functions)),
    differing.includes(name) ? 'differs' : '',
  ]);
  const states = regions.map(({ region, state }) => `${region}: ${state ?? 'nothing is deployed'}`);
  return [
    `${first?.stage ?? ''}: ${first?.stack ?? ''}`,
    ...states,
    '',
    ...table(['function', ...regions.map(({ region }) => region), ''], rows),
    '',
  ].join('\n');
}
