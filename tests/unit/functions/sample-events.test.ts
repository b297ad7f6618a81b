import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConflictError } from '@shared/errors/app-error';
import type { Routes } from '@shared/http/route-table';
import { pageTokens } from '@shared/pagination/page-token';
import type {
  APIGatewayProxyEvent,
  APIGatewayProxyResult,
  DynamoDBStreamEvent,
  KinesisStreamEvent,
  SQSEvent,
} from 'aws-lambda';
import { createAuthorizer } from '../../../functions/authorizer/authorize.ts';
import { stageIssuer } from '../../../functions/authorizer/issuers.ts';
import { analyticsRoutes } from '../../../functions/analytics/routes.ts';
import { healthRoutes } from '../../../functions/health/routes.ts';
import { processEvent } from '../../../functions/processor/process-event.ts';
import type { Fact } from '../../../functions/orders/order.ts';
import { projectBatch } from '../../../functions/table-stream/project-batch.ts';
import { rotateSecret } from '../../../functions/secret-rotation/rotate-secret.ts';
import { usersRoutes } from '../../../functions/users/routes.ts';
import { aTableStream } from '../../support/runtime/a-table-stream.ts';
import { aWebhook } from '../../support/runtime/a-webhook.ts';
import { aLine, eventsOf } from '../../support/runtime/an-order.ts';
import { anOrdersApi } from '../../support/runtime/an-orders-api.ts';
import { aUser } from '../../support/runtime/a-user.ts';
import { documentedApi } from '../../support/runtime/documented-api.ts';
import { lambdaContext } from '../../support/runtime/lambda-context.ts';
import { memorySecretVersions } from '../../support/runtime/memory-secret-versions.ts';
import { memoryTallies } from '../../support/runtime/memory-tallies.ts';
import { memoryUsers } from '../../support/runtime/memory-users.ts';
import { anOrderStream } from '../../support/runtime/order-stream-under-test.ts';
import { someSecurity } from '../../support/runtime/security-events-under-test.ts';
import { someActivity } from '../../support/runtime/user-activity-under-test.ts';
import { someNotifications } from '../../support/runtime/notifications-under-test.ts';
import { recordedTelemetry } from '../../support/runtime/recorded-telemetry.ts';
import { someJobs } from '../../support/runtime/some-jobs.ts';
import { someKeys } from '../../support/runtime/some-keys.ts';
import { localIssuer, localKey } from '../../support/token.ts';

const functions = join(process.cwd(), 'functions');
const samples = (name: string): [string, unknown][] =>
  readdirSync(join(functions, name, 'events')).map((file) => [
    file,
    JSON.parse(readFileSync(join(functions, name, 'events', file), 'utf8')),
  ]);

/** What a function answers an event of the API with. */
const answer = <Dependencies>(
  routes: Routes<Dependencies>,
  dependencies: Dependencies,
  event: unknown,
): Promise<APIGatewayProxyResult> =>
  documentedApi(routes, dependencies, recordedTelemetry())(event as APIGatewayProxyEvent, lambdaContext());

describe('the sample events', () => {
  it.each(samples('users'))('users answers %s with success', async (file, event) => {
    const { pathParameters } = event as APIGatewayProxyEvent;
    const known = pathParameters?.['id'] === undefined ? [] : [aUser({ id: pathParameters['id'] })];
    const users = memoryUsers(known);
    const tokens = () => Promise.resolve(pageTokens(someKeys('the-key-of-the-tests')));
    const dependencies = {
      users,
      tokens,
      now: () => new Date(),
      newId: () => aUser().id,
      count: () => undefined,
    };

    const result = await answer(usersRoutes, dependencies, event);

    expect(result.statusCode).toBe(file.startsWith('create') ? 201 : file.startsWith('delete') ? 204 : 200);
  });

  it.each(samples('authorizer'))(
    'the authorizer lets %s through, by the key of the local stage',
    async (_file, event) => {
      const { issuer, audience } = localIssuer;
      const handler = createAuthorizer(
        {
          issuers: [stageIssuer(issuer, audience, () => Promise.resolve({ keys: [localKey()] }))],
          publish: () => Promise.reject(new Error('There is nothing to tell')),
          now: () => new Date(),
          newId: () => 'event-1',
          onProblem: () => undefined,
        },
        recordedTelemetry(),
      );

      await expect(handler(event, lambdaContext())).resolves.toMatchObject({
        principalId: '7c1e4a52-3c86-4a0b-9d5e-5f2f3b8f0a11',
      });
    },
  );

  it.each(samples('health'))('health answers %s with success', async (_file, event) => {
    const deployment = { stage: 'local', release: 'r', commit: 'c', version: '1' };
    const dependencies = { deployment, checks: [], timeoutMs: 1, clock: () => 0, onFailure: () => undefined };

    const result = await answer(healthRoutes, dependencies, event);

    expect(result.statusCode).toBe(200);
  });

  it.each(samples('github-webhook'))(
    'github-webhook answers %s with success, by the secret of the local stage',
    async (file, event) => {
      const webhook = aWebhook({
        secret: () => Promise.resolve({ webhookSecret: 'local-webhook-secret', githubToken: '' }),
      });

      const result = await webhook.send(event as APIGatewayProxyEvent);

      expect(result.statusCode).toBe(file.startsWith('push') ? 202 : 200);
      expect(webhook.starts).toHaveLength(file.startsWith('push') ? 1 : 0);
    },
  );

  it.each(samples('orders'))('orders answers %s with success', async (file, event) => {
    const request = event as APIGatewayProxyEvent;
    const facts: Fact[] = [{ type: 'OrderPlaced', lines: [aLine()] }];
    if (file.startsWith('ship')) facts.push({ type: 'OrderPaid' });
    const id = request.pathParameters?.['id'];

    const result = await anOrdersApi(id === undefined ? [] : eventsOf(facts, { id })).send(request);

    expect(result.statusCode).toBe(file.startsWith('create') ? 201 : 200);
  });

  it.each(samples('table-stream'))('table-stream takes %s', async (_file, event) => {
    const { dependencies, published } = aTableStream();

    const response = await projectBatch(dependencies, (event as DynamoDBStreamEvent).Records);

    expect(response).toEqual({ batchItemFailures: [] });
    expect(published).toHaveLength((event as DynamoDBStreamEvent).Records.length);
  });

  it.each(samples('processor'))('processor takes %s', (_file, event) => {
    const result = processEvent(event, { now: () => new Date(), newId: () => 'made-id' });

    expect(result).toHaveProperty('status');
  });

  it.each(samples('notifications'))('notifications send the mail of %s', async (_file, event) => {
    const notifications = someNotifications();

    const { batchItemFailures } = await notifications.handler(event as SQSEvent, lambdaContext());

    expect([batchItemFailures, notifications.mailer.sent.length]).toEqual([[], 1]);
  });

  it.each(samples('order-stream'))('order-stream counts the orders of %s', async (_file, event) => {
    const stream = anOrderStream();
    const { Records } = event as KinesisStreamEvent;

    await stream.send(event as KinesisStreamEvent);

    expect(stream.parking.parked).toEqual([]);
    expect(stream.metrics.OrdersCounted ?? 0).toBe(Records.length);
  });

  it.each(samples('analytics'))('analytics answers %s with success', async (_file, event) => {
    const result = await answer(analyticsRoutes, { orders: memoryTallies(() => 0) }, event);

    expect(result.statusCode).toBe(200);
  });

  it.each(samples('user-activity'))('user-activity counts the users of %s', async (_file, event) => {
    const activity = someActivity();

    await activity.handler(event as KinesisStreamEvent, lambdaContext());

    expect([activity.parking.parked, activity.metrics]).toEqual([[], { ActiveUsers: 2 }]);
  });

  it.each(samples('security-events'))('security-events tells of each cause in %s', async (_file, event) => {
    const security = someSecurity();

    await security.handler(event as KinesisStreamEvent, lambdaContext());

    expect([security.parking.parked, security.alerts.raised.length]).toEqual([[], 3]);
  });

  it.each(samples('secret-rotation'))(
    'secret-rotation refuses %s, to which no rotation was begun',
    async (file, event) => {
      const versions = { ...memorySecretVersions(), labels: () => Promise.resolve(new Map<string, string[]>()) };
      const newKey = () => ({ kid: 'made', key: 'made' });

      const step = rotateSecret(event, { versions, newKey, onStep: () => undefined });

      expect(file).toMatch(/-refused\.json$/);
      await expect(step).rejects.toBeInstanceOf(ConflictError);
    },
  );

  it.each(samples('scheduled'))('scheduled runs the job of %s', async (_file, event) => {
    await expect(someJobs().run(event)).resolves.toEqual(expect.any(Object));
  });
});
