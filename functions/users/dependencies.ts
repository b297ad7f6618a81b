import { randomUUID } from 'node:crypto';
import { createDocumentClient } from '@shared/dynamodb/document-client';
import { metrics, type MetricName } from '@shared/observability/metrics';
import { stagePageTokens, type StagePageTokens } from '@shared/pagination/stage-page-tokens';
import { dynamoDbUsers } from './dynamodb-users.ts';
import { environment } from './environment.ts';
import type { UsersRepository } from './users-repository.ts';

/** What the users function needs. */
export interface UsersDependencies {
  readonly users: UsersRepository;
  readonly tokens: StagePageTokens;
  readonly now: () => Date;
  readonly newId: () => string;
  readonly count: (metric: MetricName) => void;
}

/** What it needs in production; made once, so that connections outlive an invocation. */
export const dependencies: UsersDependencies = {
  users: dynamoDbUsers(createDocumentClient(), environment.TABLE_NAME),
  tokens: stagePageTokens(environment.PAGE_TOKEN_SECRET_NAME),
  now: () => new Date(),
  newId: randomUUID,
  count: metrics.count,
};
