import { defaultTtlSeconds } from '@shared/cache/cache';
import { wholeNumber } from '@shared/config/settings';

/** What may be changed of analytics in a running stage. */
export const settings = {
  /** How long windows that are over are kept in the cache, in seconds. */
  cacheSeconds: wholeNumber(1, 86_400, defaultTtlSeconds),
};
