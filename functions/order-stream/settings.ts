import { wholeNumber } from '@shared/config/settings';

/** What may be changed of the order stream in a running stage. */
export const settings = {
  /** An order above this percentile of the hour before is one of unusual value. */
  highValuePercentile: wholeNumber(50, 99, 95),
  /** Below so many orders in that hour, a percentile says nothing: of 20 orders, one is above the 95th. */
  highValueFewestOrders: wholeNumber(1, 100_000, 20),
};
