import { parse } from '@shared/validation/parse';
import { cleanUp, type CleanUpReport } from './clean-up.ts';
import type { ScheduledDependencies } from './dependencies.ts';
import { job } from './schema.ts';
import type { OrderSummary } from './summaries.ts';
import { summarizeOrders } from './summarize-orders.ts';

/**
 * Runs the job that the event names.
 * @throws {ValidationError} for an event that names none
 */
export function runJob(event: unknown, needs: ScheduledDependencies): Promise<OrderSummary | CleanUpReport> {
  const wanted = parse(job, event);
  switch (wanted.job) {
    case 'orderSummary':
      return summarizeOrders(needs, wanted.date);
    case 'cleanUp':
      return cleanUp(needs);
  }
}
