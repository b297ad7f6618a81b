import { wholeNumber } from '@shared/config/settings';

/** What may be changed of orders in a running stage. */
export const settings = {
  /** The most lines that an order may have; `schema.ts` has the limit that nothing goes beyond. */
  maxLines: wholeNumber(1, 100, 100),
};
