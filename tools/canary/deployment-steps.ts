import { Failure } from '../lib/failure.ts';

/** The new version's share of the traffic, minute by minute until it has all: 0.1 for a tenth. */
export type Shares = readonly number[];

/**
 * How CodeDeploy moves traffic by a predefined deployment preference of SAM: `Canary10Percent5Minutes` is a tenth for
 * five minutes, `Linear10PercentEvery1Minute` a tenth more each minute. (SAM Developer Guide, "Deployment preferences".)
 * @throws Failure for another one
 */
export function sharesOf(type: string): Shares {
  if (type === 'AllAtOnce') return [];
  const canary = /^Canary(\d+)Percent(\d+)Minutes$/.exec(type);
  if (canary) return Array.from({ length: Number(canary[2]) }, () => Number(canary[1]) / 100);
  const linear = /^Linear(\d+)PercentEvery(\d+)Minutes?$/.exec(type);
  if (!linear) {
    throw new Failure(`${type} is no way to move traffic.`, 'Take Canary10Percent5Minutes, or another that SAM knows.');
  }
  const [percent, minutes] = [Number(linear[1]), Number(linear[2])];
  const steps = Math.ceil(100 / percent) - 1;
  return Array.from({ length: steps * minutes }, (_, minute) => (percent * (Math.floor(minute / minutes) + 1)) / 100);
}

/**
 * Chooses a version for each request so that the new one gets its share as evenly as can be. An alias of Lambda draws
 * lots; what is drawn here is the same each time.
 * @returns for each of `requests` whether the new version gets it
 */
export function chooseNew(requests: number, share: number): boolean[] {
  return Array.from({ length: requests }, (_, at) => Math.floor((at + 1) * share) > Math.floor(at * share));
}
