import type { Money } from '@shared/contracts/order-events';
import type { Numbers } from '@shared/tallies/tallies';

// A histogram with bins that grow by 2 %, as DDSketch has it (docs/decisions/0015): counts per bin are added like any other
// number, whoever counts them, and a quantile is known to 2 % whatever the amounts are.
const growth = 1.02;

/** The bin of an amount; nothing at all has a bin of its own. */
export const binOf = (amount: number): number => (amount === 0 ? -1 : Math.ceil(Math.log(amount) / Math.log(growth)));

/** The highest amount that a bin can have. */
export const topOf = (bin: number): number => (bin < 0 ? 0 : Math.floor(growth ** bin));

/** What one order adds to the bins of its window. */
export const binNumbers = ({ amount, currency }: Money): Numbers => ({ [`bin:${currency}:${binOf(amount)}`]: 1 });

/** Reads the bins of one currency out of the numbers of windows: how many orders each has, the lowest bin first. */
export function binsOf(numbers: Numbers, currency: Money['currency']): [bin: number, orders: number][] {
  const prefix = `bin:${currency}:`;
  return Object.entries(numbers)
    .flatMap(([name, orders]): [number, number][] =>
      name.startsWith(prefix) ? [[Number(name.slice(prefix.length)), orders]] : [],
    )
    .sort(([one], [other]) => one - other);
}

/** The bin that the quantile falls into: the lowest with at least that part of the orders in it and below. */
export function quantileBin(bins: readonly (readonly [bin: number, orders: number])[], quantile: number): number {
  const total = bins.reduce((all, [, orders]) => all + orders, 0);
  let below = 0;
  for (const [bin, orders] of bins) {
    below += orders;
    if (below >= total * quantile) return bin;
  }
  return Infinity;
}
