import { createCached } from '@shared/cache/cached';
import { stageCache } from '@shared/cache/stage-cache';
import { stageFlags } from '@shared/config/stage-flags';
import { stageSettings } from '@shared/config/stage-settings';
import { createDocumentClient } from '@shared/dynamodb/document-client';
import { logger } from '@shared/observability/logger';
import { orderSeries } from '@shared/orders/order-numbers';
import { readTallies } from '@shared/tallies/dynamodb-tallies';
import type { Tallies } from '@shared/tallies/tallies';
import { cachedWindows } from './cached-windows.ts';
import { environment } from './environment.ts';
import { settings } from './settings.ts';

/** What analytics need: the windows of orders, to read. */
export interface AnalyticsDependencies {
  readonly orders: Pick<Tallies, 'read'>;
}

const onProblem = (message: string, error: unknown): void => {
  logger.warn(message, { error });
};
const stored = { read: readTallies(createDocumentClient(), environment.TABLE_NAME, orderSeries) };

const current = stageSettings(settings);
const isOn = stageFlags();

async function cacheSeconds(): Promise<number | undefined> {
  const [{ cacheSeconds: seconds }, isCaching] = await Promise.all([current(), isOn('enable_advanced_caching')]);
  return isCaching ? seconds : undefined;
}

/** What they need in production; made once, so that connections and what is cached outlive an invocation. */
export const dependencies: AnalyticsDependencies = {
  orders: cachedWindows(stored, createCached(stageCache(onProblem), onProblem), cacheSeconds, Date.now),
};
