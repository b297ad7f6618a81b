import { createSqsClient } from '@shared/batch/sqs-client';
import { sqsPark } from '@shared/batch/sqs-park';
import { createDocumentClient } from '@shared/dynamodb/document-client';
import { metrics, type MetricName } from '@shared/observability/metrics';
import { addTallies } from '@shared/tallies/dynamodb-tallies';
import type { Tallies } from '@shared/tallies/tallies';
import { environment } from './environment.ts';

/** What counting activity needs. */
export interface UserActivityDependencies {
  readonly tallies: Pick<Tallies, 'add'>;
  readonly count: (metric: MetricName, value: number) => void;
}

/** Where records go that can never be counted. */
export const park = sqsPark(createSqsClient(), environment.DEAD_LETTERS_URL);

/** What it needs in production. */
export const dependencies: UserActivityDependencies = {
  tallies: {
    add: addTallies(createDocumentClient(), environment.TABLE_NAME, 'activity', () => Math.floor(Date.now() / 1_000)),
  },
  count: metrics.count,
};
