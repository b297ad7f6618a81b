import fc from 'fast-check';
import { binNumbers, binOf, binsOf, quantileBin, topOf } from '../../../../functions/order-stream/amount-bins.ts';
import { sum } from '@shared/tallies/tallies';

const amount = fc.oneof(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }));

describe('bins of amounts', () => {
  it('hold amounts within two percent of each other, the higher never in a lower bin', () => {
    fc.assert(
      fc.property(amount, amount, (one, other) => {
        const [low, high] = one < other ? [one, other] : [other, one];
        expect(binOf(low)).toBeLessThanOrEqual(binOf(high));
        // 1.0201 for the rounding of numbers as large as these.
        expect(binOf(low) < binOf(high) || high <= low * 1.0201).toBe(true);
        expect(topOf(binOf(low))).toBeGreaterThanOrEqual(Math.floor(low * 0.999_999));
      }),
    );
  });

  it('find the quantile in the bin of the very order that it is, however the orders were spread over windows', () => {
    fc.assert(
      fc.property(
        fc.array(amount, { minLength: 1, maxLength: 200 }),
        fc.integer({ min: 1, max: 7 }),
        (amounts, parts) => {
          const windows = Array.from({ length: parts }, (_, part) =>
            amounts
              .filter((_amount, at) => at % parts === part)
              .map((it) => binNumbers({ amount: it, currency: 'EUR' }))
              .reduce(sum, {}),
          );
          const exact = amounts.toSorted((one, other) => one - other)[Math.ceil(amounts.length * 0.95) - 1] ?? NaN;

          const found = quantileBin(binsOf(windows.reduce(sum, {}), 'EUR'), 0.95);

          expect(found).toBe(binOf(exact));
        },
      ),
    );
  });

  it('of one currency know nothing of another, nor of other numbers', () => {
    const numbers = { ...binNumbers({ amount: 100, currency: 'EUR' }), 'bin:USD:7': 3, 'orders:EUR': 1 };

    expect(binsOf(numbers, 'USD')).toEqual([[7, 3]]);
    expect(binsOf(numbers, 'EUR')).toEqual([[binOf(100), 1]]);
  });
});
