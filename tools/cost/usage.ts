import { stringAt } from '../lib/json.ts';
import type { CostLine } from './line.ts';
import { assumedMs, meters, type Meter } from './meters.ts';
import type { StageResource } from './stage-resources.ts';

/** What one resource is metered by. */
export interface Metered {
  readonly resource: StageResource;
  readonly meter: Meter;
  /** What CloudWatch knows the resource by; undefined where that is known in an account alone. */
  readonly name: string | undefined;
}

/** Every meter of every resource. */
export function meteredBy(resources: readonly StageResource[]): Metered[] {
  return resources.flatMap((resource) =>
    meters
      .filter(({ type }) => type === resource.type)
      .map((meter) => ({ resource, meter, name: stringAt(resource.properties, meter.nameIn) })),
  );
}

/** How much was, or would be, used in a month. */
export interface Usage {
  readonly basis: 'measured' | 'assumed';
  readonly of: (metered: Metered) => number;
}

/**
 * What so many requests to the API would use.
 * @param msOf what an invocation of a function takes, by its name in Lambda, where that is known
 */
export function assumeUsage(requests: number, msOf: ReadonlyMap<string, number> = new Map()): Usage {
  return {
    basis: 'assumed',
    of: ({ resource, meter, name = '' }) => {
      // What failed for good is no part of a plan.
      if (resource.where.endsWith('DeadLetters')) return 0;
      const ms = meter.metric === 'Duration' ? (msOf.get(name) ?? assumedMs) / assumedMs : 1;
      return requests * meter.assumed(resource.properties) * ms;
    },
  };
}

/** What is paid by use; lines of nothing are left out. */
export function priceUse(resources: readonly StageResource[], { basis, of }: Usage): CostLine[] {
  return meteredBy(resources).flatMap((metered): CostLine[] => {
    const { resource, meter } = metered;
    const count = of(metered);
    const cost = count * meter.price(resource.properties);
    const what = `${Math.round(count).toLocaleString('en-US')} ${meter.unit}`;
    return cost === 0 ? [] : [{ where: resource.where, what, cost, basis }];
  });
}
