import { createDocumentClient } from '@shared/dynamodb/document-client';
import { orderSeries } from '@shared/orders/order-numbers';
import { dynamoDbTallies } from '@shared/tallies/dynamodb-tallies';
import type { Tallies } from '@shared/tallies/tallies';
import { environment } from './environment.ts';

/** What analytics need: the windows of orders, to read. */
export interface AnalyticsDependencies {
  readonly orders: Pick<Tallies, 'read'>;
}

/** What they need in production. */
export const dependencies: AnalyticsDependencies = {
  orders: dynamoDbTallies(createDocumentClient(), environment.TABLE_NAME, orderSeries, () =>
    Math.floor(Date.now() / 1_000),
  ),
};
