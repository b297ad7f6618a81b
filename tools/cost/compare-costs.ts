import { localStage, readStages } from '../template/read-stages.ts';
import { estimate } from './estimate.ts';
import { stageResources } from './stage-resources.ts';
import { assumeUsage } from './usage.ts';

/** What a stage costs more or less in a month, in US dollars, once a change is deployed. */
export interface CostChange {
  readonly stage: string;
  readonly before: number;
  readonly after: number;
  /** By resource, what it costs more (or less: below zero), the largest difference first. */
  readonly parts: readonly { readonly where: string; readonly difference: number }[];
}

/** Requests to the API a month that both sides are compared with. */
export const comparedRequests = 1_000_000;
/** A difference below a cent is none. */
const cent = 0.005;

/** Compares what two trees cost, stage by stage, at the same assumed use. Stages of the same cost are left out. Asks no cloud. */
export function compareCosts(before: string, after: string): CostChange[] {
  const costs = (root: string): Map<string, Map<string, number>> =>
    new Map([...readStages(root)].filter(([name]) => name !== localStage).map(([name]) => [name, costOf(root, name)]));
  const [old, fresh] = [costs(before), costs(after)];
  return [...fresh].flatMap(([stage, now]) => {
    const then = old.get(stage) ?? new Map<string, number>();
    const parts = [...new Set([...then.keys(), ...now.keys()])]
      .map((where) => ({ where, difference: (now.get(where) ?? 0) - (then.get(where) ?? 0) }))
      .filter(({ difference }) => Math.abs(difference) >= cent)
      .sort((a, b) => Math.abs(b.difference) - Math.abs(a.difference));
    return parts.length === 0 ? [] : [{ stage, before: sum(then), after: sum(now), parts }];
  });
}

function costOf(root: string, name: string): Map<string, number> {
  const stage = readStages(root).get(name);
  const { lines } = estimate(stage ? stageResources(root, stage) : [], assumeUsage(comparedRequests));
  const costs = new Map<string, number>();
  for (const { where, cost } of lines) costs.set(where, (costs.get(where) ?? 0) + cost);
  return costs;
}

function sum(costs: ReadonlyMap<string, number>): number {
  return [...costs.values()].reduce((total, cost) => total + cost, 0);
}
